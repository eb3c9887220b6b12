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
 * @param sizes the payloads
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
        List<Size> sizes,
        Pattern candidates,
        List<Work> works,
        int calls,
        int sessions,
        List<Integer> growth,
        Path out) {

    private static final Pattern ALL = Pattern.compile("");
    private static final List<Size> STANDARD_SIZES =
            List.of(new Size(Payload.SMALL, ALL), new Size(Payload.HUGE, pattern("validated")));

    /**
     * A payload, and the candidates to measure with it, by name, in addition to the baseline. If these are not all, the baseline does
     * the works that they do.
     */
    public record Size(Payload payload, Pattern candidates) {

        private static Size parse(String text) {
            String[] parts = text.split(":", 2);
            return new Size(Payload.valueOf(parts[0]), parts.length == 1 ? ALL : pattern(parts[1]));
        }

        private boolean isOfAll() {
            return candidates.pattern().isEmpty();
        }
    }

    /** Returns the standard plan: what the goals need and what belongs beside it, in less than ten minutes. */
    public static Plan standard() {
        return new Plan(
                5,
                Duration.ofMillis(300),
                List.of(1, 32),
                STANDARD_SIZES,
                pattern("^(?!Spring Data)"),
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
                STANDARD_SIZES,
                ALL,
                List.of(Work.values()),
                20,
                40,
                List.of(100, 200),
                out);
    }

    /**
     * Returns the standard plan with some values replaced, such as {@code --rounds 8 --slice-millis 1000 --threads 1,32 --payloads
     * SMALL,LARGE,HUGE:validated --candidates . --works GET,CHANGE --calls 5000 --sessions 100000 --growth 10000,1000000 --out
     * file}. Candidates are regular expressions, for all payloads or after one.
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
            case "--rounds" -> copy(Integer.parseInt(value), slice, threads, sizes, candidates, works);
            case "--slice-millis" ->
                copy(rounds, Duration.ofMillis(Long.parseLong(value)), threads, sizes, candidates, works);
            case "--threads" -> copy(rounds, slice, list(value, Integer::valueOf), sizes, candidates, works);
            case "--payloads" -> copy(rounds, slice, threads, list(value, Size::parse), candidates, works);
            case "--candidates" -> copy(rounds, slice, threads, sizes, pattern(value), works);
            case "--works" -> copy(rounds, slice, threads, sizes, candidates, list(value, Work::valueOf));
            case "--calls" -> singles(Integer.parseInt(value), sessions, growth, out);
            case "--sessions" -> singles(calls, Integer.parseInt(value), growth, out);
            case "--growth" -> singles(calls, sessions, list(value, Integer::valueOf), out);
            case "--out" -> singles(calls, sessions, growth, Path.of(value));
            default -> throw new IllegalArgumentException("No such option: " + option);
        };
    }

    /** Returns this with other works. */
    Plan withWorks(List<Work> others) {
        return copy(rounds, slice, threads, sizes, candidates, others);
    }

    private Plan copy(
            int rounds, Duration slice, List<Integer> threads, List<Size> sizes, Pattern candidates, List<Work> works) {
        return new Plan(rounds, slice, threads, sizes, candidates, works, calls, sessions, growth, out);
    }

    private Plan singles(int calls, int sessions, List<Integer> growth, Path out) {
        return new Plan(rounds, slice, threads, sizes, candidates, works, calls, sessions, growth, out);
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
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
                .filter(entry -> isChosen(entry, candidates))
                .toList();
    }

    private static boolean isChosen(Candidates.Entry entry, Pattern candidates) {
        return entry.name().equals(Candidates.BASELINE)
                || candidates.matcher(entry.name()).find();
    }

    /** Returns the candidates to measure at that work with that payload. */
    public List<String> namesAt(Work work, Size size) {
        List<String> names = entries().stream()
                .filter(entry -> isChosen(entry, size.candidates()))
                .filter(entry -> entry.works().contains(work))
                .map(Candidates.Entry::name)
                .toList();
        return size.isOfAll() || !names.equals(List.of(Candidates.BASELINE)) ? names : List.of();
    }
}
