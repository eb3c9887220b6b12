package io.sessiontracker.jdbc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIf;

/** A test that is skipped where there is no MariaDB. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.sessiontracker.jdbc.MariaDbServer#isInstalled",
        disabledReason = "mariadbd is not installed, and -Dsessiontracker.test.mariadb names none")
@interface NeedsMariaDb {}
