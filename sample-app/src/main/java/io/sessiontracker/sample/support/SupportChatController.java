package io.sessiontracker.sample.support;

import jakarta.validation.Valid;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSession;
import io.sessiontracker.sample.web.ShopId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Chats that stay alive while used: see {@code support-chat} in {@code application.yml}. */
@RestController
@RequestMapping("/support-chats/{customerId}")
class SupportChatController {

    private final SessionTracker tracker;

    SupportChatController(SessionTracker tracker) {
        this.tracker = tracker;
    }

    /** Starts the chat with the first message, also if two tabs send one at once. */
    @PostMapping("/messages")
    @WithSession(key = "#customerId", start = true, attempts = 5)
    SupportChatView say(
            @PathVariable @ShopId String customerId, @RequestBody @Valid Message message, SupportChatSession chat) {
        chat.say(message);
        return SupportChatView.of(chat);
    }

    /** Adds an answer under the lock; it does not wait, so a second agent is refused at once. */
    @PostMapping("/answers")
    @WithSession(key = "#customerId", lock = true)
    SupportChatView answer(
            @PathVariable @ShopId String customerId, @RequestBody @Valid Message message, SupportChatSession chat) {
        chat.say(message);
        return SupportChatView.of(chat);
    }

    /** Returns the chat for the agents' overview, without keeping it alive. */
    @GetMapping
    SupportChatView look(@PathVariable @ShopId String customerId) {
        return SupportChatView.of(
                tracker.peek(SupportChatSession.class, customerId).orElseThrow());
    }

    /** Keeps the chat alive while the customer's window is open. */
    @PostMapping("/heartbeat")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void heartbeat(@PathVariable @ShopId String customerId) {
        tracker.refresh(SupportChatSession.class, customerId).orElseThrow();
    }

    @PostMapping("/close")
    SupportChatView close(@PathVariable @ShopId String customerId) {
        return SupportChatView.of(
                tracker.finishAndGet(SupportChatSession.class, customerId).orElseThrow());
    }

    @GetMapping("/transcript")
    SupportChatView transcript(@PathVariable @ShopId String customerId) {
        return SupportChatView.of(
                tracker.getFinished(SupportChatSession.class, customerId).orElseThrow());
    }
}
