package io.sessiontracker.sample.readme;

import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import org.springframework.stereotype.Service;

@Service
record Carts(SessionTracker tracker) {

    SessionResult<CartSession> add(String customer, String article) {
        return tracker.modifyOrStart(
                CartSession.class, customer, () -> new CartSession(customer), cart -> cart.articles.add(article));
    }
}
