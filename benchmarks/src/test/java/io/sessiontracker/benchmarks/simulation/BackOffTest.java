package io.sessiontracker.benchmarks.simulation;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static io.sessiontracker.benchmarks.simulation.ProductConstants.open;
import static org.assertj.core.api.Assertions.assertThat;

class BackOffTest {

    /** So that the simulation is of the product's rule, which is not visible here and uses the real time. */
    @Test
    void shouldDoWhatTheProductDoes() throws ReflectiveOperationException {
        Class<?> type = ProductConstants.type("io.sessiontracker.engine.Contention");
        Constructor<?> constructor = open(type.getDeclaredConstructor());
        Method lost = open(type.getDeclaredMethod("lost"));
        Method won = open(type.getDeclaredMethod("won"));
        Method isNone = open(type.getDeclaredMethod("isNone"));
        Field level = open(type.getDeclaredField("level"));
        Random random = new Random(3);
        Object product = constructor.newInstance();
        BackOff copy = new BackOff(random);

        for (int i = 0; i < 1_000; i++) {
            if (random.nextInt(5) < 3) {
                lost.invoke(product);
                copy.lost();
            } else {
                won.invoke(product);
                copy.won();
            }
            assertThat(copy.level()).isEqualTo(level.getInt(product));
            assertThat(copy.isNone()).isEqualTo(isNone.invoke(product));
        }
    }

    @Test
    void shouldDoubleTheBoundWithEachRefusal() {
        BackOff backOff = new BackOff(new Random(3));
        assertThat(backOff.nanos()).isZero();
        for (int level = 1; level <= ProductConstants.MAX_CONTENTION; level++) {
            backOff.lost();
            assertThat(backOff.nanos()).isBetween(0L, ProductConstants.SHORTEST_BACK_OFF << (level - 1));
        }
    }
}
