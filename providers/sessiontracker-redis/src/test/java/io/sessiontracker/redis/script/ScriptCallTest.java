package io.sessiontracker.redis.script;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What runners have to know of a call: whether replicas are waited for, and what a lost reply may have been. */
class ScriptCallTest {

    private static final Set<String> READS = Set.of(
            "session/expiry",
            "session/get",
            "session/get_copy",
            "session/get_finished",
            "session/peek",
            "session/read",
            "session/touch");

    @Test
    void shouldCountEachScriptThatChangesASession() {
        assertThat(names(this::isChange))
                .containsExactlyInAnyOrderElementsOf(
                        names(script -> script.name().startsWith("session/") && !READS.contains(script.name())));
    }

    private boolean isChange(LuaScript script) {
        ScriptCall<Boolean> call = new ScriptCall<>(script, "any", List.of(), List.of(), reply -> true);
        assertThat(call.owned().isChange()).as("for an owner").isEqualTo(call.isChange());
        return call.isChange();
    }

    private static Set<String> names(Function<LuaScript, Boolean> condition) {
        return Arrays.stream(LuaScript.class.getDeclaredFields())
                .filter(field -> field.getType() == LuaScript.class)
                .map(ScriptCallTest::valueOf)
                .filter(condition::apply)
                .map(LuaScript::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static LuaScript valueOf(Field field) {
        try {
            return (LuaScript) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
