"""The FastAGI side of a call: reads variables, asks hotline.domain where the call goes, sets variables."""
