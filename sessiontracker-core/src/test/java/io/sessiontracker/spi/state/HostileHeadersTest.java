package io.sessiontracker.spi.state;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.RandomRuns;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.state.KeyState.CompletedCall;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.SessionEntry.Indexed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Stored headers that somebody changed are read as something else, or refused: they neither hang a process nor take its memory. */
class HostileHeadersTest {

    private static final int CHANGES = 20_000;

    private final byte[] headers = KeyStateFormat.write(state());

    @Test
    void eachChangedByteShouldBeReadOrRefused() {
        for (int at = 0; at < headers.length; at++) {
            for (int value : new int[] {0, 1, 127, 128, 255, headers[at] + 1}) {
                byte[] changed = headers.clone();
                changed[at] = (byte) value;
                readOrRefuse(changed, "byte " + at + " is " + value);
            }
        }
    }

    @Test
    void eachMissingEndShouldBeRefused() {
        for (int length = 0; length < headers.length; length++) {
            assertThat(readOrRefuse(Arrays.copyOf(headers, length), "length " + length))
                    .isFalse();
        }
    }

    @Test
    void manyChangesShouldBeReadOrRefused() {
        RandomRuns.check(CHANGES, random -> {
            byte[] changed = headers.clone();
            for (int left = 1 + random.nextInt(8); left > 0; left--) {
                changed[1 + random.nextInt(changed.length - 1)] ^= (byte) (1 << random.nextInt(8));
            }
            boolean unused = readOrRefuse(changed, "changed bits");
        });
    }

    /** @return whether it was read */
    private static boolean readOrRefuse(byte[] changed, String what) {
        try {
            assertThat(KeyStateFormat.readOthers(changed, null)).isNotNull();
            return true;
        } catch (IOException | IllegalArgumentException refused) {
            return false;
        } catch (RuntimeException | Error other) {
            throw new AssertionError(what, other);
        }
    }

    private static KeyState state() {
        SessionEntry entry = new SessionEntry(
                new SessionVersion("AAAAAGAAAAAAAAAE", 3),
                1_893_456_000_000L,
                List.of(new OperationToken(7, 1), new OperationToken(6, 0)),
                true,
                new Deadline(1_893_459_600_000L, 600_000, 6_000, 0, 1_893_456_600_000L, 0),
                new Indexed(Set.of("tenant", "colour"), Map.of("tenant", "acme")),
                null);
        return new KeyState(
                null,
                entry,
                List.of(new CompletedCall(new OperationToken(5, 0), "id", List.of(entry), 1_893_456_100_000L)),
                List.of(new ExpiredSession(entry, 0, 1)),
                List.of());
    }
}
