package io.sessiontracker.sample.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Collectors;

import io.sessiontracker.sample.Shop;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.springframework.util.FileSystemUtils;

/** A browser window that shows one instance's page. */
final class Window implements AutoCloseable {

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final Path profile;

    private Window(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    static Window open(Shop shop) {
        Path profile = emptyProfile();
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(System.getProperty("page.driver")))
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options(profile));
        driver.manage().timeouts().pageLoadTimeout(MAX_WAIT);
        driver.manage().window().setSize(new Dimension(1280, 940));
        driver.get("http://localhost:" + shop.port() + "/");
        return new Window(driver, profile);
    }

    private static Path emptyProfile() {
        try {
            return Files.createTempDirectory("browser");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.WARNING);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(System.getProperty("page.browser"));
        // Builds run in containers, where there is no user namespace for a sandbox and little shared memory.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        // It only shows the page, and needs no other network access.
        options.addArguments("--disable-background-networking", "--disable-component-update", "--disable-sync");
        options.addArguments("--disable-extensions", "--disable-quic", "--no-first-run", "--lang=en-GB");
        options.addArguments("--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    /** Returns the text of the element with this id. */
    String text(String id) {
        return driver.findElement(By.id(id)).getText();
    }

    /** Returns the last message to the shopper, beside the form that caused it. */
    String message() {
        return driver.findElements(By.cssSelector("#shopper .message")).stream()
                .map(WebElement::getText)
                .collect(Collectors.joining());
    }

    /** Returns the shopper's enabled buttons. */
    List<String> buttons() {
        return driver.findElements(By.cssSelector("#shopper button")).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .toList();
    }

    /** Presses a button that opens another window, and switches to it. */
    void pressForNewWindow(String id) {
        String present = driver.getWindowHandle();
        driver.findElement(By.id(id)).click();
        Awaitility.await().until(() -> driver.getWindowHandles().size() == 2);
        driver.getWindowHandles().stream()
                .filter(handle -> !handle.equals(present))
                .forEach(driver.switchTo()::window);
    }

    /** Closes the last opened window and switches back. */
    void closeNewWindow() {
        driver.close();
        driver.switchTo().window(driver.getWindowHandles().iterator().next());
    }

    Window type(String form, String field, String text) {
        WebElement input = field(form, field);
        input.clear();
        input.sendKeys(text);
        return this;
    }

    /** Selects an option as with the keyboard. */
    Window select(String form, String field, String option) {
        field(form, field).sendKeys(option);
        return this;
    }

    /** Presses the button with this text in a part of the page. */
    void press(String part, String button) {
        driver.findElement(By.xpath("//*[@id='%s']//button[normalize-space()='%s']".formatted(part, button)))
                .click();
    }

    /** Presses the button for a checkout in the operator's table. */
    void press(String ariaLabel) {
        labelled(ariaLabel).click();
    }

    /** Focuses an element as the tab key does. */
    void focus(String ariaLabel) {
        driver.executeScript("arguments[0].focus()", labelled(ariaLabel));
    }

    void agree() {
        driver.switchTo().alert().accept();
    }

    /** Types into the focused element. */
    void keys(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Returns the focused element's name, else its text. */
    String focus() {
        WebElement focused = driver.switchTo().activeElement();
        String name = focused.getDomAttribute("name");
        return name == null ? focused.getText() : name;
    }

    /** Returns the rows of the operator's table. */
    List<String> rows() {
        Object texts = driver.executeScript("return [...document.querySelectorAll('#rows tr')].map(row => row.innerText.replace(/\\s+/g, ' '))");
        return ((List<?>) texts).stream().map(String.class::cast).toList();
    }

    /** Returns errors of the page's scripts, without refused requests, which the browser logs itself. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("Failed to load resource"))
                .toList();
    }

    /** Sets the preferred color scheme, {@code light} or {@code dark}. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    String background() {
        return driver.findElement(By.tagName("body")).getCssValue("background-color");
    }

    /** Returns whether the page fits into a window of this width. */
    boolean fits(int width) {
        return sized(
                width,
                800,
                () -> Boolean.TRUE.equals(
                        driver.executeScript("return document.documentElement.scrollWidth <= window.innerWidth")));
    }

    void capture(Path file) throws IOException {
        byte[] picture = sized(1240, 1200, () -> driver.getScreenshotAs(OutputType.BYTES));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, picture);
    }

    private <T> T sized(int width, int height, Supplier<T> looking) {
        Map<String, Object> size = Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false);
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", size);
        try {
            return looking.get();
        } finally {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    private WebElement labelled(String ariaLabel) {
        return driver.findElement(By.cssSelector("button[aria-label='%s']".formatted(ariaLabel)));
    }

    private WebElement field(String form, String field) {
        return driver.findElement(By.cssSelector("#%s [name=%s]".formatted(form, field)));
    }

    @Override
    public void close() {
        driver.quit();
        // The browser's processes may still be writing.
        Awaitility.await().ignoreExceptions().until(() -> {
            FileSystemUtils.deleteRecursively(profile);
            return Files.notExists(profile);
        });
    }
}
