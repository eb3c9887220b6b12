package io.sessiontracker.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What every piece of data in one direction must pass. */
final class FaultGate {

    private boolean held;
    private int holding;
    private long delayMillis;

    synchronized void hold() {
        held = true;
    }

    synchronized void delay(Duration delay) {
        delayMillis = delay.toMillis();
    }

    synchronized void restore() {
        held = false;
        delayMillis = 0;
        notifyAll();
    }

    synchronized boolean isHolding() {
        return holding > 0;
    }

    /** Makes those go on whose connection has ended. */
    synchronized void recheck() {
        notifyAll();
    }

    /** Waits as long as the fault lasts, unless the connection ends meanwhile. */
    synchronized void pass(BooleanSupplier ended) throws InterruptedException {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        while (delayMillis > 0 && due - System.nanoTime() > 0 && !ended.getAsBoolean()) {
            TimeUnit.NANOSECONDS.timedWait(this, due - System.nanoTime());
        }
        while (held && !ended.getAsBoolean()) {
            holding++;
            try {
                wait();
            } finally {
                holding--;
            }
        }
    }
}
