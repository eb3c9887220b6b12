package io.sessiontracker.engine;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A store that is down fills no log. */
class RepeatedFailuresTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(RepeatedFailures.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final RepeatedFailures failures = new RepeatedFailures();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void end() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void shouldLogOneStackForAllTypesAndThenLessAndLess() {
        for (int sweep = 0; sweep < 1000; sweep++) {
            failures.failed("checkout", new IllegalStateException("down"));
            failures.failed("chat", new IllegalStateException("down"));
        }
        assertThat(log.list).hasSizeLessThan(25);
        assertThat(log.list.stream().filter(line -> line.getThrowableProxy() != null))
                .singleElement()
                .isSameAs(log.list.get(0));
        assertThat(messages()).contains("The sweep of checkout failed (512 in a row): down");
    }

    @Test
    void shouldSayOnceThatItWorksAgain() {
        failures.ended("checkout");
        failures.failed("checkout", new IllegalStateException("down"));
        failures.failed("checkout", new IllegalStateException("down"));
        failures.failed("checkout", new IllegalStateException("down"));
        failures.ended("checkout");
        failures.ended("checkout");

        assertThat(messages()).hasSize(3).last().isEqualTo("The sweep of checkout works again, after 3 failures");
    }

    private List<String> messages() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
