package io.sessiontracker.testing;

import java.util.List;
import java.util.function.Consumer;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration.WithAuthentication;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A user of a server who has a namespace for a name, and no rights beyond it. */
public final class RestrictedUser {

    private static final String PASSWORD = "secret";

    private RestrictedUser() {}

    /** Lets the user use these commands, as {@code ACL SETUSER} has them, on keys and channels of the namespace. */
    public static void admit(RedisNode node, String namespace, String commands) {
        String rule = "SETUSER " + namespace + " reset on >" + PASSWORD + " ~" + namespace + ":* resetchannels &"
                + namespace + ":* " + commands;
        CommandArgs<String, String> words = new CommandArgs<>(StringCodec.UTF8);
        List.of(rule.split(" ")).forEach(words::add);
        RedisServer.call(node, redis -> redis.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), words));
    }

    /** Connects as that user. */
    public static void connect(
            RedisConfiguration configuration, String namespace, Consumer<LettuceConnectionFactory> test) {
        ((WithAuthentication) configuration).setUsername(namespace);
        ((WithAuthentication) configuration).setPassword(PASSWORD);
        LettuceConnectionFactory connections = RedisServers.connect(configuration, client -> {});
        try {
            test.accept(connections);
        } finally {
            connections.destroy();
        }
    }
}
