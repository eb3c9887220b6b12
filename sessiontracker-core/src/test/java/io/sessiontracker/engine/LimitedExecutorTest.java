package io.sessiontracker.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LimitedExecutorTest {

    private final Queue<Runnable> given = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private boolean closed;
    private final LimitedExecutor executor = new LimitedExecutor(this::give, 2);

    private void give(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException();
        }
        given.add(task);
    }

    @Test
    void shouldRunALimitedNumberOfTasksAtOnce() {
        List.of("a", "b", "c", "d").forEach(this::execute);

        assertThat(given).hasSize(2);
        given.remove().run();
        assertThat(done).containsExactly("a");
        assertThat(given).hasSize(2);
    }

    @Test
    void shouldRunAllTasksInTheirOrder() {
        List.of("a", "b", "c", "d", "e").forEach(this::execute);
        while (!given.isEmpty()) {
            given.remove().run();
        }

        assertThat(done).containsExactly("a", "b", "c", "d", "e");
        execute("f");
        assertThat(given).hasSize(1);
    }

    @Test
    void shouldRunWaitingTasksThoughTheExecutorIsClosed() {
        List.of("a", "b", "c", "d").forEach(this::execute);
        closed = true;
        given.remove().run();

        assertThat(done).containsExactly("a", "c", "d");
    }

    @Test
    void shouldTakeTasksAgainAfterARejection() {
        closed = true;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> execute("a")).isInstanceOf(RejectedExecutionException.class);
        }
        closed = false;
        execute("b");

        assertThat(given).hasSize(1);
    }

    private void execute(String name) {
        executor.execute(() -> done.add(name));
    }
}
