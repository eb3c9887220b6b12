package io.sessiontracker.redis.script;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.sessiontracker.redis.script.Snapshot.Stored;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether the indexes of a bucket agree with its sessions and with each other, read with none of the code under test. */
public final class IndexCheck {

    private static final Stored NONE = new Stored(-2, List.of());

    /** The offset of a session in the entry of an expired session that awaits delivery. */
    private static final int SHELVED = 20;

    private final Snapshot snapshot;
    private final String prefix;
    /** Whether an index may have no TTL, because a session without one was there. */
    private final boolean everImmortal;
    /** By how many milliseconds two moments may differ that should be the same. */
    private final long tolerance;

    private IndexCheck(Snapshot snapshot, String prefix, boolean everImmortal, long tolerance) {
        this.snapshot = snapshot;
        this.prefix = prefix;
        this.everImmortal = everImmortal;
        this.tolerance = tolerance;
    }

    public static void check(Snapshot snapshot, boolean everImmortal) {
        check(snapshot, everImmortal, 2);
    }

    public static void check(Snapshot snapshot, boolean everImmortal, long tolerance) {
        Set<String> prefixes = snapshot.keys().keySet().stream()
                .filter(key -> key.contains("#"))
                .map(key -> key.substring(0, key.indexOf("}:") + 2))
                .collect(Collectors.toSet());
        for (String prefix : prefixes) {
            IndexCheck check = new IndexCheck(snapshot, prefix, everImmortal, tolerance);
            check.checkIndex('r');
            check.checkIndex('f');
            check.checkShelves();
        }
    }

    private void checkIndex(char kind) {
        Stored starts = key(kind + "s");
        Stored deadlines = key(kind + "d");
        Stored properties = key(kind + "p");
        if (isEnding(starts) || isEnding(deadlines) || isEnding(properties)) {
            return; // its last session ends, and its keys do one after the other, within milliseconds
        }
        Set<String> startEntries = new TreeSet<>();
        Set<String> members = new TreeSet<>();
        deadlines.pairs().keySet().forEach(entry -> {
            String start = entry.substring(8, 8 + number(entry, 6, 2));
            assertThat(startEntries.add(start)).as("one entry for each").isTrue();
            for (String property : properties(entry.substring(8 + start.length()))) {
                members.add(property + start);
            }
        });
        String ends = "at %d: starts end in %d ms, deadlines %s in %d, properties in %d"
                .formatted(snapshot.now(), starts.ttl(), deadlines.pairs().values(), deadlines.ttl(), properties.ttl());
        assertThat(starts.pairs().keySet()).as(ends).isEqualTo(startEntries);
        assertThat(properties.pairs().keySet()).as(ends).isEqualTo(members);

        List<String> known = new ArrayList<>();
        sessions(kind).forEach((key, session) -> {
            String value = session.content().get(0);
            if (value.charAt(StoredFormat.FIELDS) >= 254) {
                return; // it is to be in no index
            }
            long retention = six(value, StoredFormat.RETENTION);
            long deadline = session.ttl() == -1 ? Long.MAX_VALUE : snapshot.now() + session.ttl() - retention;
            String start = value.substring(StoredFormat.STARTED_AT, StoredFormat.ABSOLUTE_AT) + key;
            long absolute = six(value, StoredFormat.ABSOLUTE_AT);
            int body = number(value, StoredFormat.HEADER_SIZE, 2);
            int indexed = number(value, body, 3);
            String entry = bytes(gone(value, absolute, retention), 6)
                    + bytes(start.length(), 2)
                    + start
                    + value.substring(body + 6, body + 6 + indexed);
            known.add(entry);
            assertThat(deadlines.pairs()).containsKey(entry);
            String score = deadlines.pairs().get(entry);
            assertThat(score.equals("inf") ? Long.MAX_VALUE : Long.parseLong(score))
                    .as("a lower bound")
                    .isLessThanOrEqualTo(deadline == Long.MAX_VALUE ? deadline : deadline + tolerance);
            long end = absolute == 0 ? snapshot.now() + session.ttl() : absolute + retention;
            checkTtl(starts, session.ttl() == -1 ? -1 : end);
            checkTtl(deadlines, session.ttl() == -1 ? -1 : end);
            if (indexed > 0) {
                checkTtl(properties, session.ttl() == -1 ? -1 : end);
            }
        });
        deadlines
                .pairs()
                .forEach((entry, score) -> assertThat(known.contains(entry)
                                || (!score.equals("inf") && Long.parseLong(score) <= snapshot.now()))
                        .as("an entry without a session is one whose time has come")
                        .isTrue());
    }

    private boolean isEnding(Stored index) {
        return index.ttl() >= 0 && index.ttl() <= tolerance;
    }

    private static long gone(String value, long absolute, long retention) {
        long sliding = six(value, StoredFormat.SLIDING);
        if (absolute > 0) {
            return absolute + retention;
        }
        return sliding == 0 ? 0 : (1L << 47) + sliding + six(value, StoredFormat.TOLERANCE) + retention;
    }

    /** It lives until then at least; for ever where that is -1, and else only where it has to. */
    private void checkTtl(Stored index, long end) {
        if (end == -1) {
            assertThat(index.ttl()).isEqualTo(-1);
        } else if (index.ttl() == -1) {
            assertThat(everImmortal).as("an index without a TTL").isTrue();
        } else {
            assertThat(snapshot.now() + index.ttl()).isGreaterThanOrEqualTo(end - tolerance);
        }
    }

    private void checkShelves() {
        Map<String, String> undelivered = key("u").pairs();
        sessions('x').forEach((key, awaiting) -> {
            assertThat(awaiting.ttl()).isPositive();
            assertThat(awaiting.pairs().size()).isBetween(1, 16);
            assertThat(undelivered).containsKey(key);
            awaiting.pairs().forEach((id, kept) -> {
                assertThat(kept.substring(SHELVED + StoredFormat.ID, SHELVED + StoredFormat.VERSION))
                        .isEqualTo(id);
                assertThat(Long.parseLong(undelivered.get(key))).isLessThanOrEqualTo(Math.max(1, six(kept, 6)));
                long end = six(kept, 0) + six(kept, SHELVED + StoredFormat.RETENTION);
                assertThat(snapshot.now() + awaiting.ttl()).isGreaterThanOrEqualTo(end - tolerance);
            });
            assertThat(key("u").ttl()).isGreaterThanOrEqualTo(awaiting.ttl() - tolerance);
        });
    }

    private Map<String, Stored> sessions(char kind) {
        String start = prefix + kind + ":";
        return snapshot.keys().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(start))
                // In its last millisecond a key is there, but of no use.
                .filter(entry -> entry.getValue().ttl() != 0)
                .collect(Collectors.toMap(entry -> entry.getKey().substring(start.length()), Map.Entry::getValue));
    }

    private Stored key(String name) {
        return snapshot.keys().getOrDefault(prefix + name, NONE);
    }

    private static List<String> properties(String block) {
        List<String> properties = new ArrayList<>();
        for (int first = 0; first < block.length(); ) {
            int flag = first + 2 + number(block, first, 2);
            int end = block.charAt(flag) == 1 ? flag + 3 + number(block, flag + 1, 2) : flag + 1;
            properties.add(block.substring(first, end));
            first = end;
        }
        return properties;
    }

    private static int number(String text, int first, int size) {
        return (int) unsigned(text, first, size);
    }

    private static long six(String text, int first) {
        return unsigned(text, first, 6);
    }

    private static long unsigned(String text, int first, int size) {
        long number = 0;
        for (int i = first; i < first + size; i++) {
            number = number << 8 | text.charAt(i);
        }
        return number;
    }

    private static String bytes(long number, int size) {
        byte[] all = ByteBuffer.allocate(8).putLong(number).array();
        return new String(all, 8 - size, size, StandardCharsets.ISO_8859_1);
    }
}
