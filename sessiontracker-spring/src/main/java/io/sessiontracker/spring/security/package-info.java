/** Decides by Spring Security who may do what with sessions. */
@NullMarked
package io.sessiontracker.spring.security;

import org.jspecify.annotations.NullMarked;
