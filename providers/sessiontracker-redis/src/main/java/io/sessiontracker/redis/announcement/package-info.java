/**
 * Announcements of changes to processes with copies in memory. The write scripts publish each change of a session whose type is so
 * cached; {@code RedisAnnouncements} reads sessions for copies, and a {@code ChangeSubscription} has a {@code MasterSubscription} to each
 * master, which receives its changes, and the heartbeats that it sends through the same server, which show that nothing is missing.
 *
 * <p>May use {@code io.sessiontracker.redis.script}, {@code io.sessiontracker.redis.client}, {@code io.sessiontracker.spi} and Spring Data
 * Redis.
 */
@NullMarked
package io.sessiontracker.redis.announcement;

import org.jspecify.annotations.NullMarked;
