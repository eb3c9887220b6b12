package io.sessiontracker.sample.readme;

import io.sessiontracker.WithSession;

/** The example of docs/with-session.md. */
class Shipping {

    @WithSession(key = "#order.customer", lock = true)
    public int ship(Order order, CartSession cart) {
        cart.articles.remove(order.article());
        return cart.articles.size();
    }

    @WithSession(key = "#customer", attempts = 5)
    public void add(String customer, String article, CartSession cart) {
        cart.articles.add(article);
    }
}
