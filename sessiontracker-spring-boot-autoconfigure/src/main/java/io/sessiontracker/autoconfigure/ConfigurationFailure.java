package io.sessiontracker.autoconfigure;

/** Something is missing or cannot work; told to the user as it is, without a stack trace. */
final class ConfigurationFailure extends RuntimeException {

    private final String action;

    ConfigurationFailure(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
