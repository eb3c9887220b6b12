package io.sessiontracker.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.Moment;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that this process last saw, up to a total size; the least used ones go first. What a call learned is kept only if no
 * other change became known since it was sent: its reply may arrive after an announcement that it does not include.
 */
final class SessionCopies {

    /** What an entry of the map and the objects of a session take beside its texts and bytes. */
    private static final int OBJECTS = 500;

    private static final int PROPERTY = 100;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    /** Keys that share one lose a copy to each other's announcements now and then, nothing else. */
    private static final int STRIPES = 1 << 12;

    private final Cache<SessionAddress, Copy> copies;
    private final AtomicReferenceArray<Change> changes = new AtomicReferenceArray<>(STRIPES);

    SessionCopies(long maxBytes) {
        this.copies = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(SessionCopies::weight)
                .expireAfterAccess(UNUSED)
                .executor(Runnable::run)
                .build();
        for (int i = 0; i < STRIPES; i++) {
            changes.set(i, Change.NONE);
        }
    }

    /**
     * A session as it was read or written.
     *
     * @param use how long it can be used without asking the store
     */
    record Copy(StoredSession session, Use use) {}

    /**
     * How long a copy can be used without asking the store, as long as no change is announced.
     *
     * @param since when what the store answered was sent
     * @param millis how long from then on
     * @param untouchedMillis how long by a read that is to restart the sliding lifetime
     */
    record Use(Moment since, long millis, long untouchedMillis) {

        /** Not at all. */
        static final Use NEVER = new Use(new Moment(0, 0), 0, 0);

        boolean isOver(boolean touch) {
            return millis == 0 || since.ageMillis() >= (touch ? Math.min(millis, untouchedMillis) : millis);
        }
    }

    /** The last change that is known of any of some addresses, announced or made by this process, and how many there were. */
    private record Change(
            long count,
            @Nullable SessionAddress address,
            @Nullable SessionVersion version,
            @Nullable OperationToken write) {

        static final Change NONE = new Change(0, null, null, null);

        Change next(
                @Nullable SessionAddress other,
                @Nullable SessionVersion newVersion,
                @Nullable OperationToken newWrite) {
            return new Change(count + 1, other, newVersion, newWrite);
        }

        boolean isOf(SessionAddress other, StoredSession session) {
            return other.equals(address)
                    && session.version().equals(version)
                    && session.write().equals(write);
        }

        /** Returns whether it is an earlier one of the session, or the one that led to this state. */
        boolean isNoLaterThan(SessionAddress other, StoredSession session) {
            return isOf(other, session)
                    || isOfStart(other, session.version())
                            && version != null
                            && version.version() < session.version().version();
        }

        /** Returns whether it is a later one of the session, or this one. */
        boolean isNoEarlierThan(
                SessionAddress other, @Nullable SessionVersion otherVersion, @Nullable OperationToken otherWrite) {
            if (otherVersion == null || version == null || !isOfStart(other, otherVersion)) {
                return false;
            }
            return version.version() > otherVersion.version()
                    || version.equals(otherVersion) && Objects.equals(write, otherWrite);
        }

        private boolean isOfStart(SessionAddress other, SessionVersion otherVersion) {
            return other.equals(address) && version != null && version.id().equals(otherVersion.id());
        }
    }

    @Nullable
    Copy get(SessionAddress address) {
        return copies.getIfPresent(address.anyOwners());
    }

    /** Returns a number by which {@link #put} knows whether there were changes since. */
    long ticket(SessionAddress address) {
        return changes.get(stripe(address.anyOwners())).count();
    }

    /**
     * Keeps what was read, unless there is a copy of a later version of the same start. If another change became known since the ticket,
     * of which it is not known whether the read saw it, none is kept.
     *
     * @param ticket taken before the call was sent that brought the copy
     */
    void put(SessionAddress address, long ticket, Copy copy) {
        copies.asMap().compute(address.anyOwners(), (key, known) -> {
            Change last = changes.get(stripe(key));
            return last.count() == ticket || last.isNoLaterThan(key, copy.session())
                    ? later(known, copy)
                    : unlessOutdated(known, last, key);
        });
    }

    /**
     * Keeps what this process wrote, as {@link #put}: for other calls it is a change that is known by now, however late it is announced. If
     * there was another change since the ticket, it may have ended the session's lifetimes: then the copy is used only to ask the store.
     */
    void written(SessionAddress address, long ticket, Copy copy) {
        StoredSession session = copy.session();
        copies.asMap().compute(address.anyOwners(), (key, known) -> {
            Change last = changes.updateAndGet(
                    stripe(key),
                    before -> !before.isOf(key, session)
                                    && (before.count() == ticket || before.isNoLaterThan(key, session))
                            ? before.next(key, session.version(), session.write())
                            : before);
            if (!last.isOf(key, session)) {
                return unlessOutdated(known, last, key);
            }
            return later(known, last.count() == ticket + 1 ? copy : new Copy(session, Use.NEVER));
        });
    }

    private static @Nullable Copy unlessOutdated(@Nullable Copy copy, Change last, SessionAddress address) {
        return copy != null && last.isNoLaterThan(address, copy.session()) ? copy : null;
    }

    void remove(SessionAddress address) {
        copies.invalidate(address.anyOwners());
    }

    /**
     * Removes the copy unless it is of that state or a later one, and those that are on their way. Does nothing if this or a later change
     * of the session is known already, as announcements come in the order of the changes: that of a write comes after its reply now and
     * then.
     */
    void changed(SessionAddress address, @Nullable SessionVersion version, @Nullable OperationToken write) {
        Change before = changes.getAndUpdate(
                stripe(address),
                last -> last.isNoEarlierThan(address, version, write) ? last : last.next(address, version, write));
        if (!before.isNoEarlierThan(address, version, write)) {
            Change change = before.next(address, version, write);
            copies.asMap().computeIfPresent(address, (key, copy) -> unlessOutdated(copy, change, address));
        }
    }

    /** Removes all copies, and those that are on their way. */
    void clear() {
        for (int i = 0; i < STRIPES; i++) {
            changes.updateAndGet(i, before -> before.next(null, null, null));
        }
        copies.invalidateAll();
    }

    private static int stripe(SessionAddress address) {
        int hash = address.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    private static Copy later(@Nullable Copy known, Copy copy) {
        if (known == null) {
            return copy;
        }
        SessionVersion before = known.session().version();
        SessionVersion version = copy.session().version();
        return before.id().equals(version.id()) && before.version() > version.version() ? known : copy;
    }

    private static int weight(SessionAddress address, Copy copy) {
        SessionData data = copy.session().data();
        int properties = data.properties().entrySet().stream()
                .mapToInt(property -> PROPERTY + texts(property))
                .sum();
        return OBJECTS + 2 * address.key().length() + properties + data.payload().length;
    }

    /** Characters take up to two bytes. */
    private static int texts(Map.Entry<String, String> property) {
        return 2 * (property.getKey().length() + property.getValue().length());
    }
}
