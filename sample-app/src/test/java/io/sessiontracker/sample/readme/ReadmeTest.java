package io.sessiontracker.sample.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.LockOptions;
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

/** What the README shows as Java stands in this package, and does what the README says. */
class ReadmeTest {

    private static final List<Path> TEXTS = List.of(
            Path.of("../README.md"),
            Path.of("../docs/async.md"),
            Path.of("../docs/extending.md"),
            Path.of("../docs/many-sessions.md"),
            Path.of("../docs/methods.md"),
            Path.of("../docs/operations.md"),
            Path.of("../docs/testing.md"));
    private static final Path SOURCES = Path.of("src/test/java/io/sessiontracker/sample/readme");
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

    @Test
    void shouldShowOnlyCodeThatIsCompiled() throws IOException {
        List<String> snippets = TEXTS.stream()
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
    void shouldPutATrackerTogetherWithoutSpring() {
        SessionTracker tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .build();

        String customer = "customer-7";
        CartController controller = new CartController(tracker);
        assertThat(controller.add(customer, "tea")).containsExactly("tea");
        assertThat(controller.add(customer, "cups")).containsExactly("tea", "cups");
        clear(tracker, customer);
        assertThat(tracker.get(CartSession.class, customer).orElseThrow().articles)
                .isEmpty();
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
    void shouldKeepWhatAClassDoesNotKnow() {
        TolerantSession session = new TolerantSession("key");
        session.keep("later", 1);
        JacksonSessionCodec codec = new JacksonSessionCodec();
        var address = new io.sessiontracker.spi.SessionAddress("tolerant-session", "key");

        TolerantSession read = codec.decode(address, TolerantSession.class, codec.encode(address, session));

        assertThat(read.kept()).containsEntry("later", 1);
    }

    @Test
    void shouldGiveAMethodItsSession() {
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

    /** Where lines are broken means nothing. */
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
