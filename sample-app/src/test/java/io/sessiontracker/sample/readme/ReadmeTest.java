package io.sessiontracker.sample.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionErrorException;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionPage;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.WithSessionAutoConfiguration;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The Java code of README and docs is compiled in this package, and works as documented. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final Path DOCS = Path.of("../docs");
    private static final Path SOURCES = Path.of("src/test/java/io/sessiontracker/sample/readme");
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    @Test
    void shouldShowOnlyCodeThatIsCompiled() throws IOException {
        List<String> snippets = texts().stream()
                .flatMap(text -> JAVA.matcher(read(text)).results())
                .map(block -> tokens(block.group(1)))
                .toList();
        String sources;
        try (Stream<Path> files = Files.list(SOURCES)) {
            sources = files.map(ReadmeTest::read).map(ReadmeTest::tokens).collect(Collectors.joining("\n"));
        }

        assertThat(snippets)
                .hasSizeGreaterThan(4)
                .allSatisfy(snippet -> assertThat(sources).contains(snippet));
    }

    @Test
    void shouldBuildTrackerWithoutSpring() {
        SessionTracker tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .build();

        String customer = "customer-7";
        CartController controller = new CartController(tracker);
        assertThat(controller.add(customer, "tea")).containsExactly("tea");
        assertThat(controller.add(customer, "cups")).containsExactly("tea", "cups");
        clear(tracker, customer);
        assertThat(controller.order(customer)).isEmpty();
        assertThatThrownBy(() -> controller.order(customer))
                .isInstanceOfSatisfying(
                        SessionErrorException.class,
                        e -> assertThat(controller.onSessionError(e).getStatus())
                                .isEqualTo(409));
    }

    private static void clear(SessionTracker tracker, String customer) {
        try (var locked = tracker.getLocked(CartSession.class, customer, LockOptions.waitFor(Duration.ofSeconds(2)))
                .orElseThrow()) {
            locked.session().articles.clear();
            tracker.update(locked.session()).orElseThrow();
        }
    }

    @Test
    void shouldFindAndEndSessions() {
        try (var tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .build()) {
            CartSession cart = new CartSession("ann");

            cart.getProperties().put("tenant", "acme");
            tracker.start(cart).orElseThrow();
            SessionPage<CartSession> page = tracker.query(CartSession.class)
                    .where("tenant is 'acme' and not has coupon")
                    .pageSize(20)
                    .page();
            long ended =
                    tracker.query(CartSession.class).where("tenant is 'acme'").finishAll();

            assertThat(page.sessions()).containsExactly(cart);
            assertThat(ended).isEqualTo(1);
        }
    }

    @Test
    void shouldExtendASession() {
        try (var tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .build()) {
            CartSession cart = tracker.start(new CartSession("ann")).orElseThrow();
            Instant deliverySlot = cart.getStartedAt().plus(Duration.ofDays(1));

            if (cart.getExpiresAt().isBefore(deliverySlot)) {
                tracker.expire(cart, SessionEntryOptions.absoluteAt(deliverySlot))
                        .orElseThrow();
            }

            assertThat(cart.getExpiresAt()).isEqualTo(deliverySlot);
            assertThat(tracker.expiresAt(cart).orElseThrow()).isEqualTo(deliverySlot);
        }
    }

    @Test
    void shouldAddTheArticleOfARedeliveredMessageOnce() {
        try (var tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .build()) {
            PaidArticles consumer = new PaidArticles(tracker);
            PaidArticles.PaidArticle message = new PaidArticles.PaidArticle("m-1", "ann", "tea");
            consumer.on(message);
            consumer.on(message);

            assertThat(tracker.peek(CartSession.class, "ann").orElseThrow().articles)
                    .containsExactly("tea");
        }
    }

    @Test
    void shouldTakeOptionsPerCall() {
        try (var tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .build()) {
            CartSession cart = start(tracker, new CartSession("ann"));

            callCarrierUnderLock(tracker, cart.getKey());

            assertThat(tracker.count(CartSession.class)).isOne();
        }
    }

    private static CartSession start(SessionTracker tracker, CartSession cart) {
        SessionEntryOptions options =
                SessionEntryOptions.sliding(Duration.ofMinutes(5)).withAbsolute(Duration.ofHours(1));
        tracker.start(cart, options).orElseThrow();
        return cart;
    }

    private static void callCarrierUnderLock(SessionTracker tracker, String customer) {
        LockOptions options = LockOptions.untilReleased().withWait(Duration.ofSeconds(5));
        try (SessionLock lock =
                tracker.lock(CartSession.class, customer, options).orElseThrow()) {
            callSlowCarrier();
        }
    }

    private static void callSlowCarrier() {}

    @Test
    void shouldKeepUnknownProperties() {
        TolerantSession session = new TolerantSession("key");
        session.keep("later", 1);
        JacksonSessionCodec codec = new JacksonSessionCodec();
        var address = new io.sessiontracker.spi.SessionAddress("tolerant-session", "key");

        TolerantSession read = codec.decode(address, TolerantSession.class, codec.encode(address, session));

        assertThat(read.kept()).containsEntry("later", 1);
    }

    @Test
    void shouldPassSessionToMethod() {
        new ApplicationContextRunner()
                .withPropertyValues("session-tracker.store=memory", "session-tracker.namespace=readme")
                .withConfiguration(AutoConfigurations.of(
                        SessionTrackerAutoConfiguration.class, WithSessionAutoConfiguration.class))
                .withUserConfiguration(Conventions.class)
                .withBean(Shipping.class)
                .run(context -> {
                    context.getBean(SessionTracker.class)
                            .start(new CartSession("ann"))
                            .orElseThrow();
                    Shipping shipping = context.getBean(Shipping.class);
                    shipping.add("ann", "tea", null);
                    shipping.add("ann", "cups", null);

                    assertThat(shipping.ship(new Order("ann", "tea"), null)).isEqualTo(1);
                });
    }

    @Test
    void shouldLinkOnlyToFilesThatExist() throws IOException {
        assertThat(texts())
                .allSatisfy(text -> assertThat(LINK.matcher(read(text))
                                .results()
                                .map(link -> link.group(1))
                                .filter(target -> !target.matches("(https?:|#).*"))
                                .map(target -> target.replaceFirst("#.*", ""))
                                .filter(target -> !Files.exists(text.resolveSibling(target))))
                        .as("broken links in %s", text)
                        .isEmpty());
    }

    private static List<Path> texts() throws IOException {
        try (Stream<Path> docs = Files.list(DOCS)) {
            return Stream.concat(
                            Stream.of(README, README.resolveSibling("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }

    /** Ignores line breaks. */
    private static String tokens(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
