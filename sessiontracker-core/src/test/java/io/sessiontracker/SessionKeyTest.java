package io.sessiontracker;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

class SessionKeyTest {

    static class CartSession extends Session {
        CartSession(String key) {
            super(key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"k", " k ", "{k}", "a/b:c#d*?[", "äöü", "\uD83D\uDE00", "lock", "\u00AD", "\u200B", "a\u2028"})
    void shouldKeepTheKeyUnchanged(String key) {
        assertThat(new CartSession(key).getKey()).isEqualTo(key);
    }

    @Test
    void shouldRefuseANullOrEmptyKey() {
        assertThatNullPointerException().isThrownBy(() -> new CartSession(null)).withMessageContaining("key");
        assertRefused("", "must not be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "   ", "\u2003", "\u2028"})
    void shouldRefuseABlankKey(String key) {
        assertRefused(key, "must not be blank");
    }

    @Test
    void shouldCountBytesAndNotCharacters() {
        for (String character : new String[] {"k", "ß", "€", "\uD83D\uDE00"}) {
            int bytes = character.getBytes(StandardCharsets.UTF_8).length;
            String full = character.repeat(512 / bytes) + "x".repeat(512 % bytes);

            assertThat(new CartSession(full).getKey()).isEqualTo(full);
            assertRefused(full + "x", "at most 512 bytes of UTF-8; this one is 513");
        }
    }

    @Test
    void shouldRefuseEveryControlCharacterAndNoOther() {
        for (char c = 0; c < Character.MIN_SURROGATE; c++) {
            String key = "a" + c;
            if (Character.isISOControl(c)) {
                assertRefused(key, "it has U+%04X at index 1".formatted((int) c));
            } else {
                assertThat(new CartSession(key).getKey()).isEqualTo(key);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xD83D, 0xDE00})
    void shouldRefuseAnUnpairedSurrogate(int surrogate) {
        char alone = (char) surrogate;

        assertRefused("ab" + alone, "unpaired surrogate at index 2");
        assertRefused(alone + "ab", "unpaired surrogate at index 0");
        assertRefused("\uDE00\uD83D", "unpaired surrogate at index 0");
        assertRefused("\uD83D\uD83D\uDE00", "unpaired surrogate at index 0");
    }

    @Test
    void shouldAdmitWhatUtf8CanCarryAndNothingElse() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String key = randomText(random);
            byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
            boolean valid = !key.isEmpty()
                    && utf8.length <= 512
                    && key.chars().noneMatch(Character::isISOControl)
                    && new String(utf8, StandardCharsets.UTF_8).equals(key);

            assertThat(catchThrowable(() -> new CartSession(key)) == null)
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(valid);
        }
    }

    private static String randomText(Random random) {
        char[] plain = {'a', 'ß', '€'};
        char[] text = new char[random.nextInt(200)];
        for (int i = 0; i < text.length; i++) {
            int range = random.nextInt(40);
            if (range == 0) {
                text[i] = (char) random.nextInt(0x10000);
            } else if (range < 20 && i + 1 < text.length) {
                text[i++] = '\uD83D';
                text[i] = '\uDE00';
            } else {
                text[i] = plain[random.nextInt(plain.length)];
            }
        }
        return new String(text);
    }

    private static void assertRefused(String key, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CartSession(key))
                .withMessageContaining(rule);
        assertThatIllegalArgumentException().isThrownBy(() -> SessionInternals.requireKey(key));
    }
}
