package io.sessiontracker.spi.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class BackgroundTasksTest {

    private final CompletableFuture<String> ranOn = new CompletableFuture<>();

    @Test
    void shouldRunTaskAfterDelay() {
        var unused = runAfter(1, TimeUnit.MILLISECONDS);
        assertThat(ranOn.join()).startsWith("sessiontracker-background-");
    }

    @Test
    void shouldNotRunCancelledTask() {
        Future<?> delay = runAfter(1, TimeUnit.HOURS);
        assertThat(delay.cancel(false)).isTrue();
        assertThat(delay.cancel(false)).isFalse();
        assertThat(ranOn).isNotDone();
    }

    /** The stack trace of an exception would take longer than the rest of a call that was answered in time. */
    @Test
    void shouldCancelWithoutException() {
        Future<?> delay = runAfter(1, TimeUnit.HOURS);
        delay.cancel(false);
        assertThatCode(delay::get).doesNotThrowAnyException();
    }

    private Future<?> runAfter(long delay, TimeUnit unit) {
        return BackgroundTasks.runAfter(
                delay, unit, () -> ranOn.complete(Thread.currentThread().getName()));
    }
}
