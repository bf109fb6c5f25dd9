"""Loaded by Orca in place of the user's own settings: what it would say goes into the file $SPOKEN, a line each.

Orca chooses its speech server by the name of a module, so one of our own takes the place of speech-dispatcher's.
"""

import os
import sys
import types

from orca import settings, speechserver

_spoken = open(os.environ["SPOKEN"], "a", buffering=1, encoding="utf-8")


class WritingServer(speechserver.SpeechServer):
    """A speech server that writes and never makes a sound."""

    @staticmethod
    def getFactoryName():
        return "Writing"

    @staticmethod
    def getSpeechServers():
        return [WritingServer.getSpeechServer()]

    @staticmethod
    def getSpeechServer(info=None):
        return _server

    @staticmethod
    def shutdownActiveServers():
        pass

    def getInfo(self):
        return ["Writing", "writing"]

    def getVoiceFamilies(self):
        return []

    def speak(self, text=None, acss=None, interrupt=True):
        if text:
            _spoken.write(" ".join(text.split()) + "\n")

    def sayAll(self, utterances, progress):
        # Reading on by itself is turned off below; the walk goes by keys.
        pass

    def speakCharacter(self, character, acss=None):
        pass

    def speakKeyEvent(self, event, acss=None):
        pass

    def stop(self):
        pass

    def shutdown(self):
        pass

    def reset(self, text=None, acss=None):
        pass


_server = WritingServer()
_module = types.ModuleType("orca.writing")
_module.SpeechServer = WritingServer
sys.modules["orca.writing"] = _module
settings.speechServerFactory = "writing"
settings.enableSpeech = True
settings.enableBraille = False
settings.enableSound = False
settings.enableKeyEcho = False
settings.sayAllOnLoad = False
