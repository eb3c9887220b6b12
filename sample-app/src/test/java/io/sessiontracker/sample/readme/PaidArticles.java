package io.sessiontracker.sample.readme;

import io.sessiontracker.SessionTracker;

/** The consumer of docs/reliability.md. */
record PaidArticles(SessionTracker tracker) {

    /** A message broker may deliver a message again. */
    void on(PaidArticle message) {
        tracker.modifyOrStart(
                        CartSession.class,
                        message.customer(),
                        message.id(),
                        () -> new CartSession(message.customer()),
                        cart -> cart.articles.add(message.article()))
                .orElseThrow();
    }

    record PaidArticle(String id, String customer, String article) {}
}
