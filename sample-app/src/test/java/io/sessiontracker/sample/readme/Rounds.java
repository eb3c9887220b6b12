package io.sessiontracker.sample.readme;

import java.time.Duration;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.event.SessionReminder;
import org.springframework.context.event.EventListener;

/** The bot of docs/lifecycle.md, whose questions can be answered for half a minute. */
record Rounds(SessionTracker tracker, Chat chat) {

    void ask(String game, String question) {
        tracker.modifyOrStart(RoundSession.class, game, () -> new RoundSession(game), round -> {
                    round.question = question;
                    round.remind("time-is-up", Duration.ofSeconds(30));
                    round.remindBeforeExpiry("idle", Duration.ofMinutes(5));
                })
                .orElseThrow();
    }

    @EventListener
    void on(SessionReminder<RoundSession> reminder) {
        switch (reminder.name()) {
            case "time-is-up" ->
                tracker.modify(RoundSession.class, reminder.key(), reminder.eventId(), RoundSession::closeQuestion)
                        .orElseThrow();
            case "idle" ->
                chat.send(
                        reminder.key(),
                        "Still there? The game ends at " + reminder.session().getExpiresAt());
            default -> throw new IllegalArgumentException(reminder.name());
        }
    }

    /** Sends messages to the players. */
    interface Chat {
        void send(String game, String text);
    }
}
