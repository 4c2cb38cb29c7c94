@echo off
rem Drop a workbook on this file: it lists what is wrong with it, and plans nothing.
setlocal
set SITING_DO=check
rem Without call, which would read the names of dropped files once more.
"%~dp0start.bat" %*
