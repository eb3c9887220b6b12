package io.sessiontracker.redis.client;

/** A session that was claimed: its key and its id. */
public record Claimed(String key, String id) {}
