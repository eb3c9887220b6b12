package io.sessiontracker.redis.client;

/**
 * A partition that was swept.
 *
 * @param part the partition's number
 * @param again when to sweep it again; 0 for at once
 */
public record SweptPartition(int part, long again) {}
