package io.sessiontracker.contract;

/** Runs each task on a new thread, as for {@link java.util.concurrent.CompletableFuture#runAsync}. */
public final class OwnThread {

    private OwnThread() {}

    public static void run(Runnable task) {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        thread.start();
    }
}
