@NullMarked
package io.sessiontracker.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
