package io.sessiontracker.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.Work;

/**
 * What to measure.
 *
 * @param rounds how many turns each candidate gets
 * @param slice the length of a turn
 * @param threads the numbers of threads
 * @param candidates which candidates to measure, by name, in addition to the baseline
 * @param calls how many calls the cost of a single call is measured with
 * @param sessions how many sessions memory is measured with; the sweep as well, or ten times as many with {@code growth}
 * @param growth the numbers of sessions to compare costs for, ascending; empty for none
 * @param out the file for the report, in addition to the standard output
 */
public record Plan(
        int rounds,
        Duration slice,
        List<Integer> threads,
        List<Payload> payloads,
        Pattern candidates,
        List<Work> works,
        int calls,
        int sessions,
        List<Integer> growth,
        Path out) {

    /** Returns the standard plan, which takes some thirteen minutes. */
    public static Plan standard() {
        return new Plan(
                3,
                Duration.ofMillis(300),
                List.of(1, 32),
                List.of(Payload.SMALL, Payload.LARGE),
                Pattern.compile(""),
                List.of(Work.values()),
                1_500,
                10_000,
                List.of(),
                Path.of("target", "benchmarks.md"));
    }

    /** Returns a plan that runs everything once, in seconds, and measures nothing. */
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
     * Returns the standard plan with some values replaced, such as {@code --rounds 8 --slice-millis 1000 --threads 1,32 --payloads
     * SMALL,LARGE --candidates Session --works GET,CHANGE --calls 5000 --sessions 100000 --growth 10000,1000000 --out file}.
     *
     * @throws IllegalArgumentException if the arguments are no such options
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
            case "--rounds" -> copy(Integer.parseInt(value), slice, threads, payloads, candidates, works);
            case "--slice-millis" ->
                copy(rounds, Duration.ofMillis(Long.parseLong(value)), threads, payloads, candidates, works);
            case "--threads" -> copy(rounds, slice, list(value, Integer::valueOf), payloads, candidates, works);
            case "--payloads" -> copy(rounds, slice, threads, list(value, Payload::valueOf), candidates, works);
            case "--candidates" ->
                copy(rounds, slice, threads, payloads, Pattern.compile(value, Pattern.CASE_INSENSITIVE), works);
            case "--works" -> copy(rounds, slice, threads, payloads, candidates, list(value, Work::valueOf));
            case "--calls" -> singles(Integer.parseInt(value), sessions, growth, out);
            case "--sessions" -> singles(calls, Integer.parseInt(value), growth, out);
            case "--growth" -> singles(calls, sessions, list(value, Integer::valueOf), out);
            case "--out" -> singles(calls, sessions, growth, Path.of(value));
            default -> throw new IllegalArgumentException("No such option: " + option);
        };
    }

    /** Returns this with other works. */
    Plan withWorks(List<Work> others) {
        return copy(rounds, slice, threads, payloads, candidates, others);
    }

    private Plan copy(
            int rounds,
            Duration slice,
            List<Integer> threads,
            List<Payload> payloads,
            Pattern candidates,
            List<Work> works) {
        return new Plan(rounds, slice, threads, payloads, candidates, works, calls, sessions, growth, out);
    }

    private Plan singles(int calls, int sessions, List<Integer> growth, Path out) {
        return new Plan(rounds, slice, threads, payloads, candidates, works, calls, sessions, growth, out);
    }

    private static <T> List<T> list(String values, Function<String, T> parser) {
        return Arrays.stream(values.split(",")).map(parser).toList();
    }

    /** Returns the numbers of sessions to find some among, ascending. */
    public List<Integer> populations() {
        return IntStream.concat(IntStream.of(sessions), growth.stream().mapToInt(Integer::intValue))
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    /** Returns how many sessions to sweep. */
    public int due() {
        return growth.isEmpty() ? sessions : 10 * sessions;
    }

    /** Returns the candidates to measure. */
    public List<Candidates.Entry> entries() {
        return Candidates.all().stream()
                .filter(entry -> entry.name().equals(Candidates.BASELINE)
                        || candidates.matcher(entry.name()).find())
                .toList();
    }

    /** Returns the candidates to measure at that work. */
    public List<String> namesAt(Work work) {
        return entries().stream()
                .filter(entry -> entry.works().contains(work))
                .map(Candidates.Entry::name)
                .toList();
    }
}
