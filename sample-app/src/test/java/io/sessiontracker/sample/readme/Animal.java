package io.sessiontracker.sample.readme;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
sealed interface Animal permits Dog, Cat {} // the name is stored, never a class

record Dog(String name) implements Animal {}

record Cat(String name) implements Animal {}
