package io.sessiontracker.sample.readme;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.test.SessionTrackerTest;
import io.sessiontracker.test.StoredSessions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@SessionTrackerTest
class FullNameTest {

    @Autowired
    SessionTracker tracker;

    @Autowired
    StoredSessions storedSessions;

    @Test
    void shouldReadTheFirstVersion() {
        storedSessions.start(CustomerSession.class, "ann", "{\"name\":\"Ann Lee\"}");

        assertThat(tracker.get(CustomerSession.class, "ann").orElseThrow().fullName)
                .isEqualTo("Ann Lee");
    }
}
