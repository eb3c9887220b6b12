package io.sessiontracker.sample.readme;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.Session;

public class QuizSession extends Session {
    private final List<Answer> answers = new ArrayList<>(); // stored: private, final, without a getter
    private Score score = new Score(); // stored, with its private fields
    private transient Clock clock = Clock.systemUTC(); // not stored

    public QuizSession(String key) {
        super(key);
    }
}

class Score {
    private int points;

    void add(int more) {
        points += more;
    }

    int total() { // need not be called getPoints
        return points;
    }
}

record Answer(String question, String text) {}
