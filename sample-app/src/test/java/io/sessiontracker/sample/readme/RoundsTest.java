package io.sessiontracker.sample.readme;

import java.time.Duration;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.test.SessionTrackerTest;
import io.sessiontracker.test.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

@SessionTrackerTest(
        properties = {
            "session-tracker.types.round-session.sliding-expiration=20m",
            "session-tracker.types.round-session.absolute-expiration=none"
        })
@Import(Rounds.class)
class RoundsTest {

    @Autowired
    SessionTracker tracker;

    @Autowired
    TestClock clock;

    @Autowired
    Rounds rounds;

    @MockitoBean
    Rounds.Chat chat;

    private RoundSession round() {
        return tracker.peek(RoundSession.class, "game").orElseThrow();
    }

    private void after(Duration duration) {
        clock.advance(duration);
        tracker.expireSessions();
    }

    @Test
    void shouldCloseAQuestionAfterItsTime() {
        rounds.ask("game", "Why?");
        after(Duration.ofSeconds(29));
        assertThat(round().question).isEqualTo("Why?");

        after(Duration.ofSeconds(1));
        assertThat(round().question).isNull();

        rounds.ask("game", "How?");
        after(Duration.ofSeconds(30));
        after(Duration.ofSeconds(30));
        assertThat(round().closed).isEqualTo(2);
        verify(chat, never()).send(anyString(), anyString());
    }

    @Test
    void shouldAskWhetherAnIdlePlayerIsStillThere() {
        rounds.ask("game", "Why?");
        after(Duration.ofSeconds(30));
        after(Duration.ofMinutes(16));
        after(Duration.ofMinutes(1));
        verify(chat).send(eq("game"), startsWith("Still there? The game ends at "));

        rounds.ask("game", "How?");
        after(Duration.ofSeconds(30));
        after(Duration.ofMinutes(16));
        verify(chat, times(2)).send(anyString(), anyString());

        after(Duration.ofMinutes(10));
        assertThat(tracker.peek(RoundSession.class, "game").isFailure()).isTrue();
        verify(chat, times(2)).send(anyString(), anyString());
    }
}
