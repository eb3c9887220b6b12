package io.sessiontracker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The sources of all modules, for rules that byte code does not show. */
final class SourceTree {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");

    private SourceTree() {}

    /** Returns the main sources of what is published: the sample is not. */
    static Stream<Path> mainJava() throws IOException {
        return files("src/main/java", ".java").filter(file -> !file.startsWith(ROOT.resolve("sample-app")));
    }

    static Stream<Path> testJava() throws IOException {
        return files("src/test/java", ".java");
    }

    static Stream<Path> scripts() throws IOException {
        return files("src/main/resources", ".lua");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(String directory, String extension) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                return SKIPPED.contains(visited.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = ROOT.relativize(file).toString().replace('\\', '/');
                if (path.contains(directory + "/") && path.endsWith(extension)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream();
    }
}
