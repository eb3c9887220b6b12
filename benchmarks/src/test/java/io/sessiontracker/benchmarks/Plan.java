package io.sessiontracker.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.sessiontracker.benchmarks.contestant.Candidates;
import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.Work;

/**
 * What to measure.
 *
 * @param rounds how often each contestant has its turn
 * @param slice how long a turn is
 * @param threads with how many threads
 * @param contestants whose names have this in them are measured, and the floor
 * @param calls how often a single call is made to tell what it costs
 * @param sessions how many sessions tell what one takes in Redis; so many are swept, or ten times as many with {@code growth}
 * @param growth with how many sessions to look for a cost that grows, the fewest first; none for not at all
 * @param out where the report goes, beside the standard output
 */
public record Plan(
        int rounds,
        Duration slice,
        List<Integer> threads,
        List<Payload> payloads,
        Pattern contestants,
        List<Work> works,
        int calls,
        int sessions,
        List<Integer> growth,
        Path out) {

    /** Some thirteen minutes. */
    public static Plan standard() {
        return new Plan(
                3,
                Duration.ofMillis(300),
                List.of(1, 32),
                List.of(Payload.values()),
                Pattern.compile(""),
                List.of(Work.values()),
                1_500,
                10_000,
                List.of(),
                Path.of("target", "benchmarks.md"));
    }

    /** Everything once, in seconds: shows that it works, and says nothing about speed. */
    public static Plan smoke(Path out) {
        return new Plan(
                1,
                Duration.ofMillis(10),
                List.of(2),
                List.of(Payload.SMALL),
                Pattern.compile(""),
                List.of(Work.values()),
                20,
                40,
                List.of(100, 200),
                out);
    }

    /**
     * The standard plan with some values replaced, as in {@code --rounds 8 --slice-millis 1000 --threads 1,32 --payloads
     * SMALL,LARGE --contestants Session --works GET,CHANGE --calls 5000 --sessions 100000 --growth 10000,1000000 --out file}.
     *
     * @throws IllegalArgumentException if that is not what the arguments are
     */
    public static Plan parse(String... args) {
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("Each option has a value: " + Arrays.toString(args));
        }
        Plan plan = standard();
        for (int i = 0; i < args.length; i += 2) {
            plan = plan.with(args[i], args[i + 1]);
        }
        return plan;
    }

    private Plan with(String option, String value) {
        return switch (option) {
            case "--rounds" -> copy(Integer.parseInt(value), slice, threads, payloads, contestants, works);
            case "--slice-millis" ->
                copy(rounds, Duration.ofMillis(Long.parseLong(value)), threads, payloads, contestants, works);
            case "--threads" -> copy(rounds, slice, list(value, Integer::valueOf), payloads, contestants, works);
            case "--payloads" -> copy(rounds, slice, threads, list(value, Payload::valueOf), contestants, works);
            case "--contestants" ->
                copy(rounds, slice, threads, payloads, Pattern.compile(value, Pattern.CASE_INSENSITIVE), works);
            case "--works" -> copy(rounds, slice, threads, payloads, contestants, list(value, Work::valueOf));
            case "--calls" -> singles(Integer.parseInt(value), sessions, growth, out);
            case "--sessions" -> singles(calls, Integer.parseInt(value), growth, out);
            case "--growth" -> singles(calls, sessions, list(value, Integer::valueOf), out);
            case "--out" -> singles(calls, sessions, growth, Path.of(value));
            default -> throw new IllegalArgumentException("No such option: " + option);
        };
    }

    private Plan copy(
            int rounds,
            Duration slice,
            List<Integer> threads,
            List<Payload> payloads,
            Pattern contestants,
            List<Work> works) {
        return new Plan(rounds, slice, threads, payloads, contestants, works, calls, sessions, growth, out);
    }

    private Plan singles(int calls, int sessions, List<Integer> growth, Path out) {
        return new Plan(rounds, slice, threads, payloads, contestants, works, calls, sessions, growth, out);
    }

    private static <T> List<T> list(String values, Function<String, T> parser) {
        return Arrays.stream(values.split(",")).map(parser).toList();
    }

    /** How many sessions are swept. */
    public int due() {
        return growth.isEmpty() ? sessions : 10 * sessions;
    }

    /** Who is measured. */
    public List<Candidates.Entry> entries() {
        return Candidates.all().stream()
                .filter(entry -> entry.name().equals(Candidates.FLOOR)
                        || contestants.matcher(entry.name()).find())
                .toList();
    }

    /** Who is measured at that work. */
    public List<String> namesAt(Work work) {
        return entries().stream()
                .filter(entry -> entry.works().contains(work))
                .map(Candidates.Entry::name)
                .toList();
    }
}
