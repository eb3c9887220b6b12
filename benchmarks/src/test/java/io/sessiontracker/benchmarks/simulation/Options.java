package io.sessiontracker.benchmarks.simulation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of a command line: each a name and a value. */
final class Options {

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException if an option has no value */
    static Options parse(String... args) {
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("Each option has a value: " + Arrays.toString(args));
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            values.put(args[i], args[i + 1]);
        }
        return new Options(values);
    }

    /** Returns the file for the report. */
    Path out() {
        return Path.of(values.getOrDefault("--out", "target/scaling.md"));
    }

    int number(String option, int otherwise) {
        return Integer.parseInt(values.getOrDefault(option, Integer.toString(otherwise)));
    }

    List<Integer> numbers(String option, List<Integer> otherwise) {
        String given = values.get(option);
        return given == null
                ? otherwise
                : Arrays.stream(given.split(",")).map(Integer::valueOf).toList();
    }
}
