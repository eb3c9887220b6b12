package io.sessiontracker.autoconfigure.settings;

/** A configuration that cannot work; shown to the user with what to change, without a stack trace. */
public final class ConfigurationFailure extends RuntimeException {

    private final String action;

    /**
     * Creates a failure.
     *
     * @param description what is wrong
     * @param action what to change
     */
    public ConfigurationFailure(String description, String action) {
        super(description);
        this.action = action;
    }

    /** Returns what to change. */
    public String action() {
        return action;
    }
}
