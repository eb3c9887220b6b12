package io.sessiontracker.cache;

import java.util.Map;

import io.sessiontracker.cache.SessionCopies.Copy;
import io.sessiontracker.cache.SessionCopies.Use;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.Moment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCopiesTest {

    private static final SessionAddress ADDRESS = new SessionAddress("cart", "c-1");
    private static final String ID = "A".repeat(16);

    private final SessionCopies copies = new SessionCopies(1 << 20);
    private final Copy first = copy(1);
    private final Copy second = copy(2);

    private static Copy copy(long version) {
        return new Copy(
                new StoredSession(
                        new SessionVersion(ID, version),
                        OperationToken.random(),
                        1,
                        StoredSession.NEVER,
                        new SessionData(Map.of(), new byte[0])),
                Use.NEVER);
    }

    private void announce(Copy copy) {
        copies.changed(ADDRESS, copy.session().version(), copy.session().write());
    }

    @Test
    void shouldNotKeepWhatWasReadBeforeAChange() {
        long ticket = copies.ticket(ADDRESS);
        announce(second);
        copies.put(ADDRESS, ticket, first);

        assertThat(copies.get(ADDRESS)).isNull();
    }

    @Test
    void shouldKeepWhatWasReadAfterAChange() {
        announce(first);
        copies.put(ADDRESS, copies.ticket(ADDRESS), first);
        announce(first);

        assertThat(copies.get(ADDRESS)).isEqualTo(first);
    }

    @Test
    void shouldKeepAWriteThatIsAnnouncedBeforeItsReply() {
        copies.put(ADDRESS, copies.ticket(ADDRESS), first);
        long ticket = copies.ticket(ADDRESS);
        announce(second);
        copies.put(ADDRESS, ticket, second);

        assertThat(copies.get(ADDRESS)).isEqualTo(second);
    }

    @Test
    void shouldNotKeepAWriteThatAnotherFollowed() {
        copies.put(ADDRESS, copies.ticket(ADDRESS), first);
        long ticket = copies.ticket(ADDRESS);
        announce(second);
        announce(copy(3));
        copies.put(ADDRESS, ticket, second);

        assertThat(copies.get(ADDRESS)).isNull();
    }

    /** As when one caller changes a session again and again, faster than its announcements come. */
    @Test
    void shouldKeepItsWritesHoweverLateTheyAreAnnounced() {
        Copy third = copy(3);
        copies.written(ADDRESS, copies.ticket(ADDRESS), first);
        long ticket = copies.ticket(ADDRESS);
        announce(first);
        copies.written(ADDRESS, ticket, second);
        assertThat(copies.get(ADDRESS)).isEqualTo(second);
        copies.written(ADDRESS, copies.ticket(ADDRESS), third);
        announce(second);
        assertThat(copies.get(ADDRESS)).isEqualTo(third);
        announce(third);
        assertThat(copies.get(ADDRESS)).isEqualTo(third);
        announce(copy(4));
        assertThat(copies.get(ADDRESS)).isNull();
    }

    @Test
    void shouldKeepWhatWasReadAfterAChangeThatIsAnnouncedLater() {
        copies.put(ADDRESS, copies.ticket(ADDRESS), second);
        announce(first);
        announce(second);

        assertThat(copies.get(ADDRESS)).isEqualTo(second);
    }

    @Test
    void shouldKeepTheLaterOfTwoWritesAtOnce() {
        long ticket = copies.ticket(ADDRESS);
        copies.written(ADDRESS, ticket, first);
        copies.written(ADDRESS, ticket, second);
        assertThat(copies.get(ADDRESS)).isEqualTo(second);
        copies.written(ADDRESS, ticket, first);
        assertThat(copies.get(ADDRESS)).isEqualTo(second);
    }

    @Test
    void shouldNotReplaceAWriteByWhatWasReadBeforeIt() {
        long ticket = copies.ticket(ADDRESS);
        copies.written(ADDRESS, copies.ticket(ADDRESS), second);
        copies.put(ADDRESS, ticket, first);
        assertThat(copies.get(ADDRESS)).isEqualTo(second);
        copies.put(
                ADDRESS,
                ticket,
                new Copy(
                        new StoredSession(
                                new SessionVersion("B".repeat(16), 7),
                                OperationToken.random(),
                                1,
                                StoredSession.NEVER,
                                new SessionData(Map.of(), new byte[0])),
                        Use.NEVER));
        assertThat(copies.get(ADDRESS)).as("of another start").isEqualTo(second);
    }

    /** A master that was replaced had versions that are lost. */
    @Test
    void shouldDropAWriteInWhosePlaceIsAnother() {
        copies.written(ADDRESS, copies.ticket(ADDRESS), second);
        announce(copy(2));
        assertThat(copies.get(ADDRESS)).isNull();
        copies.written(ADDRESS, copies.ticket(ADDRESS), copy(3));
        copies.clear();
        copies.put(ADDRESS, copies.ticket(ADDRESS), first);
        announce(second);
        assertThat(copies.get(ADDRESS)).isNull();
    }

    @Test
    void shouldNotKeepWhatWasReadBeforeAllWasDropped() {
        copies.put(ADDRESS, copies.ticket(ADDRESS), first);
        long ticket = copies.ticket(ADDRESS);
        copies.clear();
        assertThat(copies.get(ADDRESS)).isNull();
        copies.put(ADDRESS, ticket, first);

        assertThat(copies.get(ADDRESS)).isNull();
    }

    @Test
    void shouldDropACopyOfAnotherWriteOrOfAnEndedSession() {
        copies.put(ADDRESS, copies.ticket(ADDRESS), first);
        announce(copy(1));
        assertThat(copies.get(ADDRESS)).isNull();
        copies.put(ADDRESS, copies.ticket(ADDRESS), first);
        copies.changed(ADDRESS, null, null);

        assertThat(copies.get(ADDRESS)).isNull();
    }

    @Test
    void shouldNotReplaceACopyByAnEarlierVersion() {
        copies.put(ADDRESS, copies.ticket(ADDRESS), second);
        copies.put(ADDRESS, copies.ticket(ADDRESS), first);

        assertThat(copies.get(ADDRESS)).isEqualTo(second);
    }

    @Test
    void shouldBeOfUseForAsLongAsTheSessionRuns() {
        Moment now = Moment.now();
        Moment aSecondAgo = new Moment(now.nanos() - 1_000_000_000, now.millis());
        assertThat(new Use(aSecondAgo, 900, 900).isOver(false)).isTrue();
        assertThat(new Use(aSecondAgo, 600_000, 900).isOver(false)).isFalse();
        assertThat(new Use(aSecondAgo, 600_000, 900).isOver(true)).isTrue();
        assertThat(new Use(aSecondAgo, 600_000, 600_000).isOver(true)).isFalse();
        assertThat(Use.NEVER.isOver(false)).isTrue();

        Moment beforeASleep = new Moment(now.nanos(), now.millis() - 1_000);
        assertThat(new Use(beforeASleep, 900, 900).isOver(false)).isTrue();
    }
}
