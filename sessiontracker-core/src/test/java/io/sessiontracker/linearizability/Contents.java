package io.sessiontracker.linearizability;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What clients saw of a key's sessions: all that one start ever held are beginnings of the longest. */
final class Contents {

    private final Map<String, Snapshot> longest = new HashMap<>();
    private final Set<String> tags = new HashSet<>();

    Contents(List<Operation> history) {
        for (Operation operation : history) {
            see(operation.answer().session());
            see(operation.call().base());
        }
    }

    private void see(@Nullable Snapshot content) {
        if (content != null) {
            longest.merge(
                    content.startTag(),
                    content,
                    (one, other) -> one.version() > other.version()
                                    || (one.version() == other.version() && one.isLongerThan(other))
                            ? one
                            : other);
            tags.addAll(content.tagList());
        }
    }

    /** Whether a call saw what that call wrote. */
    boolean show(String tag) {
        return tags.contains(tag);
    }

    /** Whether both can have been stored, before or after what was seen. */
    boolean fit(KeyState state) {
        return (state.running() == null || fit(state.running())) && (state.finished() == null || fit(state.finished()));
    }

    boolean fit(Snapshot content) {
        Snapshot seen = longest.getOrDefault(content.startTag(), content);
        return content.version() <= seen.version() ? seen.extendsOrEquals(content) : content.extendsOrEquals(seen);
    }
}
