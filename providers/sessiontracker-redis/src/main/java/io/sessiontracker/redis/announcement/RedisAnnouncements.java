package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.redis.client.LettuceRunner;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.AnnouncementScripts;
import io.sessiontracker.redis.script.SessionScripts;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionVersion;
import org.jspecify.annotations.Nullable;

/**
 * Changes as Redis announces them: by messages that the write scripts publish. Those of one server arrive in the order of the
 * changes, which a read from a replica does not wait for: so where replicas are read there are none.
 */
public final class RedisAnnouncements implements SessionAnnouncements {

    private final LettuceRunner runner;
    private final SessionScripts sessions;
    private final AnnouncementScripts announcements;

    private RedisAnnouncements(LettuceRunner runner, SessionScripts sessions, AnnouncementScripts announcements) {
        this.runner = runner;
        this.sessions = sessions;
        this.announcements = announcements;
    }

    /** Returns the announcements that are received over this runner's connections; empty if it may read from replicas. */
    public static Optional<SessionAnnouncements> over(
            ScriptRunner runner, SessionScripts sessions, AnnouncementScripts announcements) {
        return runner instanceof LettuceRunner lettuce && lettuce.readsFromMasters()
                ? Optional.of(new RedisAnnouncements(lettuce, sessions, announcements))
                : Optional.empty();
    }

    @Override
    public CompletionStage<CopyReply> read(
            SessionAddress address, @Nullable SessionVersion known, @Nullable OperationToken write, boolean touch) {
        return runner.run(sessions.getCopy(address, known, write, touch));
    }

    @Override
    public Subscription subscribe(Duration heartbeat, Listener listener) {
        return new ChangeSubscription(runner, announcements, heartbeat, listener);
    }
}
