package io.sessiontracker.contract.tracker;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/** The session that most rules are about. */
@SessionType("checkout")
class Checkout extends Session {

    private String address = "";
    private int count;
    private List<String> lines = new ArrayList<>();

    Checkout(String key) {
        super(key);
    }

    static Checkout at(String key, String address) {
        Checkout checkout = new Checkout(key);
        checkout.setAddress(address);
        return checkout;
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public int getCount() {
        return count;
    }

    public void setCount(int count) {
        this.count = count;
    }

    public List<String> getLines() {
        return lines;
    }

    public void setLines(List<String> lines) {
        this.lines = lines;
    }
}
