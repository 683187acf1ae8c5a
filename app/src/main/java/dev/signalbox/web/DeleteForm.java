package dev.signalbox.web;

import dev.signalbox.projects.Name;
import dev.signalbox.web.Contents.ContentsView;

/** What is sent to delete something; where more than a moment's work is lost, its name has to be typed. */
record DeleteForm(String confirm) {
    boolean confirms(Name name, ContentsView goes) {
        return !DeletePage.needsName(goes) || confirm.strip().equals(name.value());
    }
}
