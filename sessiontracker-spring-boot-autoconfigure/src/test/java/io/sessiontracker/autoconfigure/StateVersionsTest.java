package io.sessiontracker.autoconfigure;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.json.SessionDowncaster;
import io.sessiontracker.json.SessionUpcaster;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.node.ObjectNode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class StateVersionsTest {

    private static final SessionAddress ADDRESS = new SessionAddress("guest", "ann");

    private final ApplicationContextRunner runner =
            Applications.memory().withBean("renaming", SessionUpcaster.class, Renaming::new);

    @Test
    void shouldReadOlderSessionsByUpcasterBeans() {
        runner.run(context -> {
            assertThat(read(context, "{\"name\":\"Ann\"}").fullName).isEqualTo("Ann");
            assertThat(json(context)).isEqualTo("{\"$version\":2,\"fullName\":\"Bob\"}");
        });
    }

    @Test
    void shouldWriteTheConfiguredVersion() {
        runner.withPropertyValues("session-tracker.types.guest.write-version=1")
                .run(context -> assertThat(json(context)).isEqualTo("{\"name\":\"Bob\"}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void shouldRefuseAVersionThatTheClassNeverHad(int version) {
        runner.withPropertyValues("session-tracker.types.guest.write-version=" + version)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContainingAll("types.guest.write-version", "\"guest\"", "from 1 to 2"));
    }

    @Test
    void shouldRefuseAVersionWithoutDowncaster() {
        Applications.memory()
                .withBean(SessionUpcaster.class, StateVersionsTest::upOnly)
                .withPropertyValues("session-tracker.types.guest.write-version=1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("types.guest.write-version", "SessionDowncaster"));
    }

    @Test
    void shouldRefuseAVersionOfNoClass() {
        runner.withPropertyValues("session-tracker.types.stranger.write-version=1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("types.stranger.write-version", "\"stranger\""));
        runner.withPropertyValues("session-tracker.defaults.write-version=1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("defaults.write-version", "types.<type>.write-version"));
    }

    @Test
    void shouldAcceptTheVersionOfAKnownClass() {
        Applications.memory()
                .withUserConfiguration(Applications.Known.class)
                .withPropertyValues("session-tracker.types.checkout.write-version=1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void shouldRefuseAmbiguousUpcasters() {
        runner.withBean("second", SessionUpcaster.class, StateVersionsTest::upOnly)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationFailure.class)
                        .hasMessageContainingAll("both upcast", "\"guest\"", "version 1"));
    }

    @SessionType(value = "guest", version = 2)
    static class Guest extends Session {
        public String fullName = "";

        Guest(String key) {
            super(key);
        }
    }

    static class Renaming implements SessionDowncaster {

        @Override
        public Class<Guest> sessionClass() {
            return Guest.class;
        }

        @Override
        public int fromVersion() {
            return 1;
        }

        @Override
        public ObjectNode upcast(ObjectNode state) {
            state.set("fullName", state.remove("name"));
            return state;
        }

        @Override
        public ObjectNode downcast(ObjectNode state) {
            state.set("name", state.remove("fullName"));
            return state;
        }
    }

    private static SessionUpcaster upOnly() {
        return new SessionUpcaster() {
            @Override
            public Class<Guest> sessionClass() {
                return Guest.class;
            }

            @Override
            public int fromVersion() {
                return 1;
            }

            @Override
            public ObjectNode upcast(ObjectNode state) {
                return state;
            }
        };
    }

    private static Guest read(ApplicationContext context, String json) {
        return context.getBean(SessionCodec.class).decode(ADDRESS, Guest.class, json.getBytes(UTF_8));
    }

    private static String json(ApplicationContext context) {
        Guest guest = new Guest("ann");
        guest.fullName = "Bob";
        return new String(context.getBean(SessionCodec.class).encode(ADDRESS, guest), UTF_8);
    }
}
