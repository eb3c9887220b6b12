package io.sessiontracker.sample.support;

import java.time.Instant;
import java.util.List;

/** A chat as shown to clients. */
record SupportChatView(String customerId, Instant startedAt, List<Message> messages) {

    static SupportChatView of(SupportChatSession chat) {
        return new SupportChatView(chat.getKey(), chat.getStartedAt(), chat.getMessages());
    }
}
