package io.sessiontracker.sample.readme;

import io.sessiontracker.Session;
import java.util.ArrayList;
import java.util.List;

public class CartSession extends Session {

    public List<String> articles = new ArrayList<>();

    public CartSession(String key) {
        super(key);
    }
}
