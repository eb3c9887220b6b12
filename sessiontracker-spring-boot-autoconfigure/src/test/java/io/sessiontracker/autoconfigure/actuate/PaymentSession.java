package io.sessiontracker.autoconfigure.actuate;

import java.util.List;
import java.util.Map;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/** Has state that must not be shown. */
@SessionType("payment")
class PaymentSession extends Session {

    static final String SECRET = "4111-1111-1111-1111";

    public String street = "Unter den Linden";
    public double amount = 12.5;
    public List<Map<String, String>> means = List.of(Map.of("kind", "visa", "Card_Number", SECRET));
    public Map<String, Integer> accessToken = Map.of(SECRET, 1);

    PaymentSession(String key) {
        super(key);
        getProperties().put("tenant", "acme");
        getProperties().put("customerSecret", SECRET);
    }
}
