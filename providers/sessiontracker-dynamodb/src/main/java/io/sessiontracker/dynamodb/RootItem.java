package io.sessiontracker.dynamodb;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.state.Deadline;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyStateFormat;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.Reminder;
import io.sessiontracker.spi.state.SessionEntry;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of a root, and of the data of a session. */
final class RootItem {

    static final String REVISION = "revision";

    /** What sweeps leave behind, because none ran, DynamoDB deletes so much later. */
    private static final long GARBAGE_AFTER_SECONDS = TimeUnit.DAYS.toSeconds(7);

    /** What is in no index no sweep finds: DynamoDB deletes it so much later, as the time is an estimate. */
    private static final long UNINDEXED_AFTER_SECONDS = TimeUnit.HOURS.toSeconds(1);

    private static final String HEADERS = "headers";
    private static final String PAYLOAD = "payload";
    private static final String PROPERTIES = "properties";

    private RootItem() {}

    /** Returns the attributes of a root, its key aside. */
    static Map<String, AttributeValue> of(ItemKeys keys, SessionAddress address, KeyState root, long revision) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(REVISION, AttributeValue.fromN(Long.toString(revision)));
        item.put(HEADERS, bytes(KeyStateFormat.write(root)));
        SessionEntry running = root.running();
        if (running != null && running.data() != null) {
            putData(item, running.data());
        }
        putTtl(item, root);
        if (!root.hasIndexed()) {
            return item;
        }
        for (IndexEntry entry : IndexEntry.of(address, root)) {
            switch (entry.index()) {
                case RUNNING -> putIndexed(item, TableSchema.BY_START, keys, entry);
                case RUNNING_DEADLINE -> putIndexed(item, TableSchema.BY_DEADLINE, keys, entry);
                case CLAIM, CLEAN_UP -> putMoment(item, keys, entry);
                default -> {
                    // The item of a finished session has it, or it is an item of its own.
                }
            }
        }
        return item;
    }

    /** Of the two moments, the earlier one. */
    private static void putMoment(Map<String, AttributeValue> item, ItemKeys keys, IndexEntry entry) {
        AttributeValue other = item.get(TableSchema.BY_MOMENT.sort());
        if (other == null || other.s().compareTo(ItemKeys.position(entry)) > 0) {
            putIndexed(item, TableSchema.BY_MOMENT, keys, entry);
        }
    }

    static void putIndexed(
            Map<String, AttributeValue> item, TableSchema.SecondaryIndex index, ItemKeys keys, IndexEntry entry) {
        item.put(index.partition(), AttributeValue.fromS(keys.partition(entry)));
        item.put(index.sort(), AttributeValue.fromS(ItemKeys.position(entry)));
    }

    /** A root with reminders stays as long as their entry, which a sweep removes with it: left alone, it would be read by each sweep. */
    private static void putTtl(Map<String, AttributeValue> item, KeyState root) {
        OptionalLong reminded =
                root.reminders().stream().mapToLong(Reminder::next).min();
        if (reminded.isPresent()) {
            putTtl(item, Math.max(root.keptUntil(), reminded.getAsLong()), GARBAGE_AFTER_SECONDS);
        } else {
            putTtl(item, root.keptUntil(), root.hasIndexed() ? GARBAGE_AFTER_SECONDS : UNINDEXED_AFTER_SECONDS);
        }
    }

    /** Sets when DynamoDB may delete the item of an expired session, or the entry of reminders. */
    static void putTtl(Map<String, AttributeValue> item, long keptUntil) {
        putTtl(item, keptUntil, GARBAGE_AFTER_SECONDS);
    }

    /** Sets when DynamoDB may delete an item of which nothing is needed from that moment on. */
    private static void putTtl(Map<String, AttributeValue> item, long keptUntil, long marginSeconds) {
        if (keptUntil < Long.MAX_VALUE) {
            long seconds = TimeUnit.MILLISECONDS.toSeconds(keptUntil) + marginSeconds;
            item.put(TableSchema.TTL, AttributeValue.fromN(Long.toString(seconds)));
        }
    }

    /** Returns whether only the item's time to live will remove the data of that finished session, and a touch has to change it. */
    static boolean isTouchedWithRoot(@Nullable SessionEntry finished) {
        return finished != null
                && !finished.isIndexed()
                && finished.deadline().sliding() > 0
                && finished.deadline().absolute() == Long.MAX_VALUE;
    }

    /**
     * Sets when DynamoDB may delete an item of a session. No touch makes it live longer than its absolute expiration, so the item of
     * most sessions is not written again when they are touched.
     */
    static void putTtl(Map<String, AttributeValue> item, SessionEntry session) {
        Deadline deadline = session.deadline();
        long margin = session.isIndexed() ? GARBAGE_AFTER_SECONDS : UNINDEXED_AFTER_SECONDS;
        if (deadline.sliding() == 0 || isTouchedWithRoot(session)) {
            putTtl(item, deadline.keptUntil(), margin);
        } else if (deadline.absolute() <= Long.MAX_VALUE - deadline.retention()) {
            putTtl(item, deadline.absolute() + deadline.retention(), margin);
        }
    }

    static void putData(Map<String, AttributeValue> item, SessionData data) {
        item.put(PAYLOAD, bytes(data.payload()));
        Map<String, AttributeValue> properties = new HashMap<>();
        data.properties().forEach((name, value) -> properties.put(name, AttributeValue.fromS(value)));
        item.put(PROPERTIES, AttributeValue.fromM(properties));
    }

    /** Returns the data of a session; null if the item has none. */
    static @Nullable SessionData data(Map<String, AttributeValue> item) throws IOException {
        AttributeValue payload = item.get(PAYLOAD);
        AttributeValue texts = item.get(PROPERTIES);
        if (payload == null || payload.b() == null || texts == null) {
            return null;
        }
        Map<String, String> properties = new HashMap<>();
        for (Map.Entry<String, AttributeValue> text : texts.m().entrySet()) {
            String value = text.getValue().s();
            if (value == null) {
                throw new IOException("the property %s is no string".formatted(text.getKey()));
            }
            properties.put(text.getKey(), value);
        }
        return new SessionData(properties, payload.b().asByteArrayUnsafe());
    }

    /** Returns what a root's item says; absent if it has no attributes. */
    static LoadedState read(SessionAddress address, Map<String, AttributeValue> item, long now) {
        if (item.isEmpty()) {
            return LoadedState.absent(now);
        }
        try {
            AttributeValue headers = item.get(HEADERS);
            AttributeValue revision = item.get(REVISION);
            if (headers == null || headers.b() == null || revision == null || revision.n() == null) {
                throw new IOException("its item has no headers or no revision");
            }
            KeyState root = KeyStateFormat.read(headers.b().asByteArrayUnsafe(), data(item));
            return new LoadedState(root, Long.parseLong(revision.n()), now);
        } catch (IOException | IllegalArgumentException unreadable) {
            return LoadedState.unreadable(unreadable(address, unreadable), now);
        }
    }

    static SessionStoreException unreadable(SessionAddress address, Exception reason) {
        return new SessionStoreException(
                "%s is stored and cannot be read: %s".formatted(address, reason.getMessage()), reason);
    }

    static AttributeValue bytes(byte[] bytes) {
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes));
    }
}
