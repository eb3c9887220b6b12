package io.sessiontracker.json;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Random session classes, compiled by the test, with random state. {@code -Dsessiontracker.test.graphs=5000} makes so many
 * classes, from {@code -Dsessiontracker.test.seed} on.
 */
class RandomGraphTest {

    private static final int CLASSES = Integer.getInteger("sessiontracker.test.graphs", 60);
    private static final int INSTANCES = 6;
    private static final long SEED = Long.getLong("sessiontracker.test.seed", new Random().nextLong());
    private static final SessionAddress ADDRESS = new SessionAddress("shape", "k");

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private int stored;
    private int refused;

    /** A write that would lose something fails and names a field; none succeeds in silence. */
    @Test
    void shouldReadBackOrRefuseRandomState() throws Exception {
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            sources.add(RandomShapes.source(random, "S" + i));
        }
        compile(sources);
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            for (int i = 0; i < CLASSES; i++) {
                Class<? extends Session> type = classes.loadClass("S" + i).asSubclass(Session.class);
                check(type, sources.get(i));
            }
        }
        System.out.printf("seed %d: %d sessions stored, %d refused%n", SEED, stored, refused);
        assertThat(stored).isGreaterThan(CLASSES);
        assertThat(refused).isPositive();
    }

    private void compile(List<String> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "-nowarn",
                "-parameters",
                "-proc:none",
                "-d",
                directory.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        for (int i = 0; i < sources.size(); i++) {
            Path file = directory.resolve("S" + i + ".java");
            arguments.add(Files.writeString(file, sources.get(i)).toString());
        }
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .as("compiled, seed %d", SEED)
                .isZero();
    }

    private <S extends Session> void check(Class<S> type, String source) throws Exception {
        JacksonSessionCodec codec = new JacksonSessionCodec();
        for (JacksonSessionCodec each : List.of(codec, codec.verifyingEachWrite())) {
            for (int i = 0; i < INSTANCES; i++) {
                S session = new RandomValues(random)
                        .fill(type.getConstructor(String.class).newInstance("k"));
                check(each, session, source);
            }
        }
    }

    private <S extends Session> void check(JacksonSessionCodec codec, S session, String source) throws Exception {
        byte[] json;
        try {
            codec.verify(session.getClass());
            json = codec.encode(ADDRESS, session);
        } catch (SessionCodecException | IllegalStateException refusal) {
            assertThat(refusal.getMessage()).as("seed %d%n%s", SEED, source).containsPattern("\\bf\\d\\b");
            refused++;
            return;
        }
        String text = new String(json, UTF_8);
        Object read;
        try {
            read = codec.decode(ADDRESS, session.getClass(), json);
        } catch (RuntimeException unreadable) {
            fail("seed %d: stored what cannot be read%n%s%n%s".formatted(SEED, source, text), unreadable);
            return;
        }
        if (!RandomValues.same(session, read)) {
            fail("seed %d: lost in silence%n%s%n%s".formatted(SEED, source, text));
        }
        stored++;
    }
}
