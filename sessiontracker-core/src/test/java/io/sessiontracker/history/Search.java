package io.sessiontracker.history;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** How many histories are tried, and from which seed on, if the command line says so. */
final class Search implements AroundPropertyHook {

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Integer histories = Integer.getInteger("sessiontracker.test.histories");
        if (histories != null) {
            context.attributes().setTries(histories);
        }
        String seed = System.getProperty("sessiontracker.test.seed");
        if (seed != null) {
            context.attributes().setSeed(seed);
        }
        return property.execute();
    }

    /** Before the property's own attributes are read. */
    @Override
    public int aroundPropertyProximity() {
        return -100;
    }
}
