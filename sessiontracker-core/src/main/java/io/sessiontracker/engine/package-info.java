/**
 * The one place that joins data, locks, codec and settings to a {@link io.sessiontracker.SessionTracker}. Every operation
 * is written once, over providers that answer {@link java.util.concurrent.CompletionStage}s; the blocking
 * API only waits for them.
 *
 * <p>{@code SessionTrackerBuilder} puts it together. A {@code SessionEngine} has the operations of one API, by what they do:
 * <ul>
 *   <li>{@code SessionStarts}, {@code SessionOperations} (reads, updates), {@code SessionTransitions} (finish, resume, delete): one
 *       call on the store each, whose reply {@code StoreReplyMapper} turns into a result;
 *   <li>{@code SessionModification}: {@code modify}, a {@code ModifyQueue} for each key, and what is named after it;
 *   <li>{@code SessionLocks}: locks alone ({@code DefaultSessionLock}) and with their session ({@code LockedReads});
 *   <li>{@code SessionQueries}: pages, counts and bulk operations over a {@code FilteredScan}.
 * </ul>
 * Beside them, {@code SweepScheduler} and {@code SessionSweeper} find expired sessions and reminders, and {@code SweepDelivery} delivers them.
 * Which thread goes on with a reply, {@code ReplyDispatcher} and {@code CallbackExecutor} decide. These groups share most of their
 * types, so they are one package, nearly all of it package-private.
 *
 * <p>May use {@code io.sessiontracker.spi} and {@code io.sessiontracker}; knows no provider and no framework.
 */
@NullMarked
package io.sessiontracker.engine;

import org.jspecify.annotations.NullMarked;
