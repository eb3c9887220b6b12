package io.sessiontracker.sample.support;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/** A chat, kept under its customer's id. */
@SessionType("support-chat")
public class SupportChatSession extends Session {

    private List<Message> messages = new ArrayList<>();

    public SupportChatSession(String customerId) {
        super(customerId);
    }

    public List<Message> getMessages() {
        return Collections.unmodifiableList(messages);
    }

    void say(Message message) {
        messages.add(message);
    }
}
