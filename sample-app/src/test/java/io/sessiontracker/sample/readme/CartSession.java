package io.sessiontracker.sample.readme;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.Session;

public class CartSession extends Session {

    public List<String> articles = new ArrayList<>();

    public CartSession(String key) {
        super(key);
    }
}
