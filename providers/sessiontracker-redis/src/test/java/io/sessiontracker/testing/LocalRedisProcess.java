package io.sessiontracker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.process.ServerProcess;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A child process. */
final class LocalRedisProcess implements RedisProcess {

    static final @Nullable String SELECTED = System.getProperty("sessiontracker.test.redis");

    private final ServerProcess process;

    private LocalRedisProcess(ServerProcess process) {
        this.process = process;
    }

    static LocalRedisProcess start(String config, boolean sentinel, String ready) {
        try {
            Path directory = Files.createTempDirectory("sessiontracker-redis-");
            String place = config.contains("\ndir ") ? "" : "dir " + directory + "\n";
            Path file = Files.writeString(directory.resolve("redis.conf"), config + place);
            List<String> command = new ArrayList<>(List.of(Binary.PATH, file.toString()));
            if (sentinel) {
                command.add("--sentinel");
            }
            return new LocalRedisProcess(ServerProcess.start(command, directory, ready));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill() {
        process.close();
    }

    @Override
    public void freeze() {
        process.signal("STOP");
    }

    @Override
    public void thaw() {
        process.signal("CONT");
    }

    /** The embedded binary is unpacked once in a JVM. */
    private static final class Binary {
        static final String PATH = find();

        private static String find() {
            try {
                return SELECTED != null
                        ? SELECTED
                        : ExecutableProvider.newJarResourceProvider().get().getPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
