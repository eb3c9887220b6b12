package io.sessiontracker.linearizability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.sessiontracker.linearizability.LinearizabilityChecker.Verdict;

/** The operations on one key, and what is wrong with them. */
record History(String key, List<Operation> operations) {

    static List<History> byKey(List<Operation> operations) {
        Map<String, List<Operation>> byKey =
                operations.stream().collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()));
        return byKey.entrySet().stream()
                .map(entry -> new History(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static final int SHRINKING_EFFORT = 5_000;

    /** What makes it impossible that the calls took effect one after the other, each once. */
    Optional<String> violation() {
        return contentViolation().or(() -> switch (LinearizabilityChecker.check(operations)) {
            case LINEARIZABLE -> Optional.empty();
            case NOT_LINEARIZABLE -> Optional.of("no order of the operations explains all answers");
            case UNDECIDED -> Optional.of("too many orders to try them all");
        });
    }

    /** Without much effort, so that false says nothing. */
    private boolean isClearlyWrong() {
        return contentViolation().isPresent()
                || LinearizabilityChecker.check(operations, SHRINKING_EFFORT) == Verdict.NOT_LINEARIZABLE;
    }

    private Optional<String> contentViolation() {
        return operations.stream()
                .map(this::contentViolation)
                .flatMap(Optional::stream)
                .findFirst()
                .or(this::versionViolation);
    }

    /** In any one content, also where several changes are stored in one write. */
    private Optional<String> contentViolation(Operation reader) {
        Snapshot content = reader.answer().session();
        if (content == null) {
            return Optional.empty();
        }
        Set<String> seen = new HashSet<>();
        for (String tag : content.tagList()) {
            if (!seen.add(tag)) {
                return Optional.of(tag + " was applied twice: " + content);
            }
        }
        return operations.stream()
                .filter(writer -> seen.contains(writer.call().tag()))
                .filter(writer -> writer.answer().isRefusal() || reader.precedes(writer))
                .map(writer -> writer + " is seen by " + reader)
                .findFirst();
    }

    /** Across all contents: an id is of one start, and a version of it has one content. */
    private Optional<String> versionViolation() {
        Map<String, String> starts = new HashMap<>();
        Map<List<Object>, Snapshot> versions = new HashMap<>();
        Contents contents = new Contents(operations);
        for (Operation operation : operations) {
            Snapshot content = operation.answer().session();
            String id = operation.id();
            if (content == null || id == null) {
                continue;
            }
            String otherStart = starts.putIfAbsent(id, content.startTag());
            Snapshot otherContent = versions.putIfAbsent(List.of(content.startTag(), content.version()), content);
            if (otherStart != null && !otherStart.equals(content.startTag())) {
                return Optional.of("the id " + id + " is of " + otherStart + " and " + content.startTag());
            }
            if (!contents.fit(content)) {
                return Optional.of(content + " lost what a later or an earlier version has");
            }
            if (otherContent != null && !otherContent.equals(content)) {
                return Optional.of("one version has two contents, " + otherContent + " and " + content);
            }
        }
        return Optional.empty();
    }

    /** A shorter history with a violation: nothing after it, and as few as possible of the operations that changed nothing. */
    History shrunk() {
        List<Long> ends = operations.stream()
                .map(Operation::returned)
                .filter(end -> end != Operation.NEVER)
                .sorted()
                .toList();
        int first = 0;
        for (int last = ends.size() - 1; first < last; ) {
            int middle = (first + last) / 2;
            if (until(ends.get(middle)).isClearlyWrong()) {
                last = middle;
            } else {
                first = middle + 1;
            }
        }
        History shortest = until(ends.get(first));
        for (Operation operation : List.copyOf(shortest.operations)) {
            if (operation.call().kind().isRead() || operation.answer().isRefusal()) {
                History without = shortest.without(operation);
                shortest = without.isClearlyWrong() ? without : shortest;
            }
        }
        return shortest;
    }

    /** What is known at that time. */
    private History until(long end) {
        return new History(
                key,
                operations.stream()
                        .filter(operation -> operation.called() <= end)
                        .map(operation ->
                                operation.returned() <= end ? operation : operation.withAnswer(Answer.UNKNOWN))
                        .toList());
    }

    private History without(Operation operation) {
        List<Operation> others = new ArrayList<>(operations);
        others.remove(operation);
        return new History(key, others);
    }

    /** A line per operation, by their calls; times in microseconds. */
    @Override
    public String toString() {
        long begin = operations.stream().mapToLong(Operation::called).min().orElse(0);
        return operations.stream()
                .sorted((one, other) -> Long.compare(one.called(), other.called()))
                .map(operation -> operation.describe(begin))
                .collect(Collectors.joining("\n", key + "\n", "\n"));
    }
}
